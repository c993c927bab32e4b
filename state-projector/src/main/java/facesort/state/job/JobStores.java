package facesort.state.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The four stores of one task: a record of bounded size per job, a record per photo, its task as it
 * was received, and the times at which jobs have to be looked at. Used by the task's stream thread
 * alone.
 */
final class JobStores {

  /** Name of the store of jobs. */
  static final String JOBS = "jobs";

  private static final String PHOTOS = "photos";
  private static final String TASKS = "tasks";
  private static final String DUE = "due";

  /** Cannot stand in an id, so a job's photos are exactly the keys with its prefix. */
  private static final String SEPARATOR = "/";

  /** Follows the separator: behind every photo of the job. */
  private static final String BEHIND = "0";

  /** Jobs whose record is at hand without being decoded again. */
  private static final int REMEMBERED = 256;

  private final KeyValueStore<String, JobRecord> jobs;
  private final KeyValueStore<String, PhotoFacts> photos;
  private final KeyValueStore<String, StoredTask> tasks;
  private final KeyValueStore<String, String> due;
  private final Map<String, JobRecord> remembered =
      new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JobRecord> eldest) {
          return size() > REMEMBERED;
        }
      };

  JobStores(ProcessorContext<?, ?> context) {
    jobs = context.getStateStore(JOBS);
    photos = context.getStateStore(PHOTOS);
    tasks = context.getStateStore(TASKS);
    due = context.getStateStore(DUE);
  }

  static List<StoreBuilder<?>> builders() {
    return List.of(
        store(JOBS, SmileSerde.of(JobRecord.class)).withCachingEnabled(),
        store(PHOTOS, SmileSerde.of(PhotoFacts.class)).withCachingEnabled(),
        // Written once a photo and hardly ever read: a cache would only hold it twice.
        store(TASKS, SmileSerde.of(StoredTask.class)),
        store(DUE, Serdes.String()));
  }

  private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.String(), values);
  }

  static String[] names() {
    return new String[] {JOBS, PHOTOS, TASKS, DUE};
  }

  @Nullable JobRecord job(String jobId) {
    var known = remembered.get(jobId);
    if (known == null) {
      known = jobs.get(jobId);
      if (known != null) {
        remembered.put(jobId, known);
      }
    }
    return known;
  }

  /**
   * Stores the job and moves its due time to where it belongs. A due time that is only too early
   * stays: the look at it sets it right, and most events would move it.
   */
  void put(JobRecord job, long now) {
    var jobId = job.facts().jobId();
    var next = job.nextDue().orElse(null);
    var set = job.dueAt();
    if (set != null && next != null && set > now && set <= next) {
      next = set;
    }
    if (set != null && !set.equals(next)) {
      due.delete(dueKey(set, jobId));
    }
    if (next != null && !next.equals(set)) {
      due.put(dueKey(next, jobId), jobId);
    }
    var stored = job.due(next);
    jobs.put(jobId, stored);
    remembered.put(jobId, stored);
  }

  /** Takes its due time away; its next event sets it again. */
  void unschedule(JobRecord job) {
    var jobId = job.facts().jobId();
    if (job.dueAt() != null) {
      due.delete(dueKey(job.dueAt(), jobId));
    }
    jobs.put(jobId, job.due(null));
    remembered.put(jobId, job.due(null));
  }

  PhotoFacts photo(String jobId, @Nullable String photoId) {
    var found = photoId == null ? null : photos.get(jobId + SEPARATOR + photoId);
    return found == null ? PhotoFacts.NONE : found;
  }

  void put(String jobId, String photoId, PhotoFacts photo) {
    photos.put(jobId + SEPARATOR + photoId, photo);
  }

  @Nullable StoredTask task(String jobId, String photoId) {
    return tasks.get(jobId + SEPARATOR + photoId);
  }

  void put(String jobId, String photoId, StoredTask task) {
    tasks.put(jobId + SEPARATOR + photoId, task);
  }

  /** Photos of the job that a selection may mean, in order of their ids; to be closed. */
  Photos photos(String jobId, String after, Selection selection) {
    if (!selection.photoIds().isEmpty()) {
      var ids = selection.photoIds().tailSet(after, false).iterator();
      return Photos.named(ids, id -> photo(jobId, id));
    }
    var prefix = jobId + SEPARATOR;
    return Photos.stored(photos.range(prefix + after, jobId + BEHIND), prefix.length(), after);
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
