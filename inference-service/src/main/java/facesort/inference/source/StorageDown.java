package facesort.inference.source;

/** The object store answers nobody: no photo is to blame, and the work must wait. */
public final class StorageDown extends RuntimeException {
  private static final long serialVersionUID = 1;

  StorageDown(Throwable cause) {
    super("The object store does not answer: " + cause.getMessage(), cause);
  }
}
