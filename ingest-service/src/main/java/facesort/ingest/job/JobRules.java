package facesort.ingest.job;

import java.time.Duration;

/**
 * What holds for every job.
 *
 * @param deadline how long a job has to be matched
 * @param maxPhotos most photos of a job
 */
public record JobRules(Duration deadline, int maxPhotos) {

  private static final int MOST_PHOTOS = 100_000;

  /** Refuses what cannot work. */
  public JobRules {
    if (deadline.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException(
          "facesort.ingest.deadline is '%s', it must be at least 1m".formatted(deadline));
    }
    if (maxPhotos < 1 || maxPhotos > MOST_PHOTOS) {
      throw new IllegalArgumentException(
          "facesort.ingest.max-photos is '%d', it must be 1 to %d"
              .formatted(maxPhotos, MOST_PHOTOS));
    }
  }
}
