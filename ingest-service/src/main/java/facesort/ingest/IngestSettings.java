package facesort.ingest;

import facesort.ingest.job.JobRules;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of this service, below {@code facesort.ingest}; checked when it starts.
 *
 * @param spoolDir where parts of requests wait that are too large for the memory; for this instance
 *     alone
 * @param spoolPart longest part that waits in memory
 * @param spoolMemory how much memory all waiting parts take together
 * @param maxPhotos most photos of a job
 * @param deadline how long a job has to be matched
 */
@ConfigurationProperties("facesort.ingest")
record IngestSettings(
    Path spoolDir,
    @DefaultValue("8MB") DataSize spoolPart,
    @DefaultValue("32MB") DataSize spoolMemory,
    @DefaultValue("20000") int maxPhotos,
    @DefaultValue("7d") Duration deadline) {

  IngestSettings {
    require(spoolDir != null, "spool-dir", spoolDir, "a directory");
    require(!spoolPart.isNegative(), "spool-part", spoolPart, "a size such as 8MB");
    require(
        spoolMemory.compareTo(spoolPart) >= 0, "spool-memory", spoolMemory, "at least spool-part");
    var _ = new JobRules(deadline, maxPhotos);
  }

  JobRules rules() {
    return new JobRules(deadline, maxPhotos);
  }

  private static void require(boolean holds, String key, Object given, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "facesort.ingest.%s is '%s', it must be %s".formatted(key, given, allowed));
    }
  }
}
