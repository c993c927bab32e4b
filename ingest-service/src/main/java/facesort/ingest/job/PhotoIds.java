package facesort.ingest.job;

import facesort.ingest.photo.Sha256;

/**
 * Ids of the photos of a job: place in the list and content. A second request with the same job id
 * and other bytes can therefore never write over a photo that was accepted.
 */
final class PhotoIds {

  private static final int HASH_LETTERS = 8;

  private PhotoIds() {}

  /** Id of an uploaded photo. */
  static String ofUpload(int position, String sha256) {
    return "p%05d-%s".formatted(position, sha256.substring(0, HASH_LETTERS));
  }

  /** Id of a photo that lies in the bucket. */
  static String ofKey(int position, String key) {
    return ofUpload(position, Sha256.of(key));
  }
}
