package facesort.inference.onnx;

/**
 * A model did not answer. Native code fails with an {@link Error} as often as with an exception;
 * both arrive as this, because an error would end the thread that consumes, unseen.
 */
public final class InferenceFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  InferenceFailed(String model, Throwable cause) {
    super("Model %s failed: %s".formatted(model, cause.toString().replaceAll("\\s+", " ")), cause);
  }
}
