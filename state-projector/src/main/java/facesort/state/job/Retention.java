package facesort.state.job;

import java.time.Duration;

/**
 * How long originals stay.
 *
 * @param cleanupGrace time between the end of a job that was CANCELLED or FAILED and its cleanup:
 *     in it a RESUME finds everything as it was
 * @param failed time that cleanup leaves the originals of photos that FAILED
 */
public record Retention(Duration cleanupGrace, Duration failed) {

  /** One day, thirty days. */
  public static final Retention USUAL = new Retention(Duration.ofDays(1), Duration.ofDays(30));
}
