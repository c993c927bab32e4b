package facesort.state;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The projector's own settings, below {@code facesort.projector.}.
 *
 * @param stateDir folder of the stores; two instances must not share one
 * @param threads stream threads
 * @param commitEvery time between two transactions
 * @param cleanupGrace time between the end of a job that was cancelled or failed and its cleanup
 * @param failedRetention time that cleanup leaves the originals of photos that failed
 * @param batch most events in one SQL transaction
 */
@ConfigurationProperties("facesort.projector")
record ProjectorSettings(
    @DefaultValue(".facesort/state-projector") Path stateDir,
    @DefaultValue("1") int threads,
    @DefaultValue("200ms") Duration commitEvery,
    @DefaultValue("24h") Duration cleanupGrace,
    @DefaultValue("30d") Duration failedRetention,
    @DefaultValue("500") int batch) {

  private static final Duration LONGEST_COMMIT = Duration.ofSeconds(5);

  /** Refuses what cannot work, with the key, what was given and what is allowed. */
  ProjectorSettings {
    require(threads >= 1 && threads <= 12, "threads", threads, "1 to 12");
    require(
        commitEvery.isPositive() && commitEvery.compareTo(LONGEST_COMMIT) <= 0,
        "commit-every",
        commitEvery,
        "above 0 and at most 5s, half of the longest transaction");
    require(!cleanupGrace.isNegative(), "cleanup-grace", cleanupGrace, "0 or more");
    require(!failedRetention.isNegative(), "failed-retention", failedRetention, "0 or more");
    require(batch >= 1 && batch <= 500, "batch", batch, "1 to 500");
  }

  private static void require(boolean holds, String key, Object given, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "facesort.projector.%s is '%s', it must be %s".formatted(key, given, allowed));
    }
  }
}
