package facesort.state.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The three stores of one task: a record of fixed size per job, a record per photo, and the times
 * at which jobs have to be looked at. Used by the task's stream thread alone.
 */
final class JobStores {

  /** Name of the store of jobs. */
  static final String JOBS = "jobs";

  private static final String PHOTOS = "photos";
  private static final String DUE = "due";

  /** Cannot stand in an id, so a job's photos are exactly the keys with its prefix. */
  private static final String SEPARATOR = "/";

  private final KeyValueStore<String, JobRecord> jobs;
  private final KeyValueStore<String, PhotoFacts> photos;
  private final KeyValueStore<String, String> due;

  JobStores(ProcessorContext<?, ?> context) {
    jobs = context.getStateStore(JOBS);
    photos = context.getStateStore(PHOTOS);
    due = context.getStateStore(DUE);
  }

  static List<StoreBuilder<?>> builders() {
    return List.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(JOBS),
                Serdes.String(),
                new JsonSerde<>(JobRecord.class))
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(PHOTOS),
                Serdes.String(),
                new JsonSerde<>(PhotoFacts.class))
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(DUE), Serdes.String(), Serdes.String()));
  }

  static String[] names() {
    return new String[] {JOBS, PHOTOS, DUE};
  }

  @Nullable JobRecord job(String jobId) {
    return jobs.get(jobId);
  }

  /** Stores the job and moves its due time to where it belongs. */
  void put(JobRecord job) {
    var jobId = job.facts().jobId();
    var next = job.nextDue().orElse(null);
    if (job.dueAt() != null && !job.dueAt().equals(next)) {
      due.delete(dueKey(job.dueAt(), jobId));
    }
    if (next != null && !next.equals(job.dueAt())) {
      due.put(dueKey(next, jobId), jobId);
    }
    jobs.put(jobId, job.due(next));
  }

  PhotoFacts photo(String jobId, @Nullable String photoId) {
    var found = photoId == null ? null : photos.get(jobId + SEPARATOR + photoId);
    return found == null ? PhotoFacts.NONE : found;
  }

  void put(String jobId, String photoId, PhotoFacts photo) {
    photos.put(jobId + SEPARATOR + photoId, photo);
  }

  /** Every photo of the job by its id. */
  List<Map.Entry<String, PhotoFacts>> photosOf(String jobId) {
    var prefix = jobId + SEPARATOR;
    var found = new ArrayList<Map.Entry<String, PhotoFacts>>();
    try (var all = photos.prefixScan(prefix, new StringSerializer())) {
      all.forEachRemaining(
          entry -> found.add(Map.entry(entry.key.substring(prefix.length()), entry.value)));
    }
    return found;
  }

  /** Jobs whose time has come, at most so many, the longest due first. */
  List<String> due(long now, int most) {
    var found = new ArrayList<KeyValue<String, String>>();
    try (var all = due.range(dueKey(0, ""), dueKey(now + 1, ""))) {
      while (all.hasNext() && found.size() < most) {
        found.add(all.next());
      }
    }
    return found.stream().map(entry -> entry.value).toList();
  }

  private static String dueKey(long at, String jobId) {
    return "%019d".formatted(at) + SEPARATOR + jobId;
  }
}
