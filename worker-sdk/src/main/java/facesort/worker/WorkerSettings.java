package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.worker.policy.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a worker, below {@code facesort.worker}; checked when it starts.
 *
 * @param batch most records in one transaction
 * @param deadline longest time of one task; null = what the stage says
 * @param bucketWork most measured work in one bucket: how long an interactive task waits for a bulk
 *     one
 * @param bulkShare least part of the buckets that the bulk lane gets while both lanes wait
 * @param threads threads for computing; 0 = as many as there are cores
 * @param results true writes result.json and metrics.json of each task to the bucket, and answers a
 *     repeat from there
 * @param maxInputBytes longest object that is read
 * @param policy changes of the retry policy, by failure code
 */
@ConfigurationProperties("facesort.worker")
record WorkerSettings(
    @DefaultValue("16") int batch,
    @Nullable Duration deadline,
    @DefaultValue("500ms") Duration bucketWork,
    @DefaultValue("0.2") double bulkShare,
    @DefaultValue("0") int threads,
    @DefaultValue("false") boolean results,
    @DefaultValue("52428800") long maxInputBytes,
    @DefaultValue Map<FailureCode, RetryPolicy.Rule> policy) {

  /** Refuses numbers that do no work. */
  WorkerSettings {
    require(batch >= 1 && batch <= 2000, "batch", batch, "1 to 2000");
    require(deadline == null || deadline.toMillis() >= 100, "deadline", deadline, "100ms or more");
    require(bucketWork.toMillis() >= 1, "bucket-work", bucketWork, "1ms or more");
    require(bulkShare >= 0.01 && bulkShare <= 0.5, "bulk-share", bulkShare, "0.01 to 0.5");
    require(threads >= 0 && threads <= 256, "threads", threads, "0 to 256");
    require(maxInputBytes >= 1, "max-input-bytes", maxInputBytes, "1 or more");
    policy = Map.copyOf(policy);
  }

  private static void require(boolean holds, String key, @Nullable Object given, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "facesort.worker.%s is '%s', it must be %s".formatted(key, given, allowed));
    }
  }
}
