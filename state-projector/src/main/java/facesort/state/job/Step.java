package facesort.state.job;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one event, or one look at a job, changes and writes: complete before the first of
 * it is stored, so that trouble on the way leaves nothing half done. Used by one thread.
 */
final class Step {

  private final @Nullable JobRecord known;
  private final @Nullable Origin cause;
  private final long now;
  private JobRecord job;
  private @Nullable JobFacts told;
  private final Map<String, PhotoFacts> photos = new LinkedHashMap<>();
  private final Map<String, StoredTask> tasks = new LinkedHashMap<>();
  private final List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();

  /**
   * Begins with the job as it is.
   *
   * @param known null when nothing is known of it
   * @param facts what is to be in its place
   * @param cause the record that leads to it; null when time does
   */
  Step(@Nullable JobRecord known, JobFacts facts, @Nullable Origin cause, long now) {
    this.known = known;
    this.cause = cause;
    this.now = now;
    this.job = known == null ? JobRecord.of(facts) : known.with(facts);
    this.told = known == null ? null : known.facts();
  }

  @Nullable Origin cause() {
    return cause;
  }

  long now() {
    return now;
  }

  JobRecord job() {
    return job;
  }

  /** These facts were published. */
  void published(JobFacts facts) {
    job = job.published(now);
    told = facts;
  }

  void changed() {
    job = job.changed();
  }

  void facts(JobFacts next) {
    job = job.with(next);
  }

  void photo(String photoId, PhotoFacts facts) {
    photos.put(photoId, facts);
  }

  /** Every photo of the job as it will be: those stored, with what this step makes of them. */
  Iterator<Map.Entry<String, PhotoFacts>> photos(Photos stored) {
    var changed = new LinkedHashMap<>(photos);
    var known =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(stored, 0), false)
            .map(photo -> latest(photo, changed.remove(photo.getKey())));
    var fresh = Stream.of(changed).flatMap(rest -> rest.entrySet().stream());
    return Stream.concat(known, fresh).iterator();
  }

  private static Map.Entry<String, PhotoFacts> latest(
      Map.Entry<String, PhotoFacts> stored, @Nullable PhotoFacts changed) {
    return changed == null ? stored : Map.entry(stored.getKey(), changed);
  }

  void task(String photoId, StoredTask task) {
    tasks.put(photoId, task);
  }

  void write(ProducerRecord<byte[], byte[]> record) {
    written.add(record);
  }

  List<ProducerRecord<byte[], byte[]>> written() {
    return written;
  }

  /** True when the job is in another state than before, or answered a command. */
  boolean isNews() {
    return known == null
        || known.facts().state() != job.facts().state()
        || !known.facts().commands().equals(job.facts().commands());
  }

  /** True when there is more to tell than was told. */
  boolean saysMore() {
    return !job.facts().ownerId().isEmpty() && (told == null || !job.facts().tellsAs(told));
  }

  void store(JobStores stores) {
    var jobId = job.facts().jobId();
    photos.forEach((photoId, photo) -> stores.put(jobId, photoId, photo));
    tasks.forEach((photoId, task) -> stores.put(jobId, photoId, task));
    stores.put(job, now);
  }
}
