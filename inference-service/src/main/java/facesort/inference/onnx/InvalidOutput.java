package facesort.inference.onnx;

/** A model answered with what is no number: nothing may be concluded from it. */
public final class InvalidOutput extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidOutput(String output) {
    super("Output " + output + " has a value that is no number");
  }
}
