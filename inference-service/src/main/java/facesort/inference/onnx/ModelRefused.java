package facesort.inference.onnx;

/** A model that must not be used. The service does not start; the message is one clear line. */
public final class ModelRefused extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final String RIGHT_FOLDER =
      "Let facesort.models.dir name the folder of the models as their package ships them.";

  private final String remedy;

  /** Says which model, and why. */
  public ModelRefused(String why) {
    super(why);
    this.remedy = RIGHT_FOLDER;
  }

  ModelRefused(String why, Throwable cause) {
    this(why, RIGHT_FOLDER, cause);
  }

  ModelRefused(String why, String remedy, Throwable cause) {
    super(why, cause);
    this.remedy = remedy;
  }

  /** What the operator may do. */
  public String remedy() {
    return remedy;
  }
}
