package facesort.ingest.photo;

/** What a photo may be at most; detection keeps to the same limits. */
public final class PhotoLimits {

  /** Longest file, bytes. */
  public static final long MAX_BYTES = 50L * 1024 * 1024;

  /** Most pixels, before decoding. */
  public static final long MAX_PIXELS = 50_000_000;

  private PhotoLimits() {}
}
