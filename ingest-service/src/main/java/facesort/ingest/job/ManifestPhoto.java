package facesort.ingest.job;

import facesort.ingest.photo.Settled;
import facesort.schemas.FailureCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One photo of a submission.
 *
 * @param photoId id within the job
 * @param filename name for people, if there is one
 * @param key where it lies, or would lie had it been stored
 * @param etag as the store gave it, null when nothing was stored or found
 * @param length bytes, null when not known
 * @param sha256 of an upload, null for a photo named by key
 * @param settled what happened to it already, null when it is to be processed
 * @param message one line about settled
 * @param duplicateOf the photo it repeats
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ManifestPhoto(
    String photoId,
    @Nullable String filename,
    String key,
    @Nullable String etag,
    @Nullable Long length,
    @Nullable String sha256,
    @Nullable FailureCode settled,
    @Nullable String message,
    @Nullable String duplicateOf) {

  ManifestPhoto with(Settled outcome) {
    return new ManifestPhoto(
        photoId, filename, key, etag, length, sha256, outcome.code(), outcome.message(), null);
  }

  ManifestPhoto stored(String etagOfStore, long lengthInStore) {
    return new ManifestPhoto(
        photoId, filename, key, etagOfStore, lengthInStore, sha256, settled, message, duplicateOf);
  }

  /** The same photo as a repeat of one that lies elsewhere. */
  ManifestPhoto repeating(ManifestPhoto first) {
    return new ManifestPhoto(
        photoId,
        filename,
        key,
        etag,
        length,
        sha256,
        FailureCode.DUPLICATE,
        "The same bytes as " + first.label(),
        first.photoId());
  }

  long bytes() {
    return length == null ? 0 : length;
  }

  private String label() {
    return filename == null ? photoId : filename;
  }
}
