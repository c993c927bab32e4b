package facesort.inference.onnx;

/** A model that must not be used. The service does not start; the message is one clear line. */
public final class ModelRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says which model, and why. */
  public ModelRefused(String why) {
    super(why);
  }

  ModelRefused(String why, Throwable cause) {
    super(why, cause);
  }
}
