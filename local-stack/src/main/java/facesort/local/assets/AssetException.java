package facesort.local.assets;

/** Models or photos cannot be had; the message is one line meant for the user. */
public final class AssetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AssetException(String message) {
    super(message);
  }

  AssetException(String message, Throwable cause) {
    super(message, cause);
  }
}
