package facesort.ingest.photo;

import facesort.schemas.FailureCode;
import java.util.Optional;

/**
 * The outcome of a photo that needs no model to be known.
 *
 * @param code what happened
 * @param message one line for people: what it is and what to do
 */
public record Settled(FailureCode code, String message) {

  /** What is wrong with a file of this length that begins with these bytes, if anything is. */
  public static Optional<Settled> byContent(long length, byte[] head) {
    return byLength(length).or(() -> byType(PhotoType.of(head)));
  }

  /** What is wrong with a file of this length, if anything is. */
  public static Optional<Settled> byLength(long length) {
    if (length == 0) {
      return Optional.of(new Settled(FailureCode.EMPTY_FILE, "The file is empty: send it again"));
    }
    if (length > PhotoLimits.MAX_BYTES) {
      return Optional.of(
          new Settled(
              FailureCode.TOO_MANY_BYTES,
              "The file has %d bytes, at most %d are taken: send a smaller one"
                  .formatted(length, PhotoLimits.MAX_BYTES)));
    }
    return Optional.empty();
  }

  private static Optional<Settled> byType(PhotoType type) {
    return switch (type) {
      case JPEG, PNG, WEBP -> Optional.empty();
      case HEIC ->
          Optional.of(
              new Settled(
                  FailureCode.UNSUPPORTED_HEIC, "HEIC photos are not taken: convert it to JPEG"));
      case OTHER ->
          Optional.of(
              new Settled(
                  FailureCode.UNSUPPORTED_TYPE,
                  "The file is no JPEG, PNG or WebP photo: convert it to JPEG"));
    };
  }
}
