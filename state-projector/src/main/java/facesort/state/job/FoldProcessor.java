package facesort.state.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Carries events to {@link JobFold} and its effects to their topics; stores, outputs and offsets
 * are one transaction. A status is published at once when the state changed, else at most once a
 * second. Called by a stream thread.
 */
final class FoldProcessor implements Processor<byte[], JobEvent, byte[], Emitted> {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int MOST_AT_ONCE = 500;

  private final Events events;
  private final DeadLetters deadLetters;
  private ProcessorContext<byte[], Emitted> context;
  private JobStores stores;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  FoldProcessor(Events events, DeadLetters deadLetters) {
    this.events = events;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<byte[], Emitted> started) {
    context = started;
    stores = new JobStores(started);
    started.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<byte[], JobEvent> record) {
    var event = record.value();
    var jobId = event.head().jobId();
    var photoId = event.photoId();
    var known = stores.job(jobId);
    var photo = stores.photo(jobId, photoId);
    var now = context.currentSystemTimeMs();
    var folded = JobFold.fold(known == null ? null : known.facts(), photo, event, now);
    if (photoId != null && !folded.photo().equals(photo)) {
      stores.put(jobId, photoId, folded.photo());
    }
    write(known, folded, event.head().origin(), now);
  }

  /** Jobs about which time alone has something to say. */
  private void look(long wallClock) {
    var now = context.currentSystemTimeMs();
    for (var jobId : stores.due(now, MOST_AT_ONCE)) {
      var known = stores.job(jobId);
      if (known != null) {
        write(known, JobFold.tick(known.facts(), now), null, now);
      }
    }
  }

  private void write(@Nullable JobRecord known, Folded folded, @Nullable Origin cause, long now) {
    var job = known == null ? JobRecord.of(folded.job()) : known.with(folded.job());
    for (var effect : folded.effects()) {
      job = perform(effect, job, cause, now);
    }
    if (saysMore(known, folded, now)) {
      job = job.changed();
    }
    if (job.mayPublish(now)) {
      job = publish(job, job.facts(), cause, now);
    }
    stores.put(job);
  }

  private JobRecord perform(Effect effect, JobRecord job, @Nullable Origin cause, long now) {
    return switch (effect) {
      case Effect.Publish publish -> publish(job, publish.job(), cause, now);
      case Effect.AskCleanup ask -> askCleanup(job, ask.seq(), cause, now);
      case Effect.Refuse refuse -> refuse(job, refuse, now);
    };
  }

  /** True when facts changed that no effect has published. */
  private static boolean saysMore(@Nullable JobRecord known, Folded folded, long now) {
    return known != null
        && !folded.job().ownerId().isEmpty()
        && folded.effects().stream().noneMatch(Effect.Publish.class::isInstance)
        && !known.facts().seenAt("", now).equals(folded.job().seenAt("", now));
  }

  /** A job whose owner is not known yet has nobody to be told to. */
  private JobRecord publish(JobRecord job, JobFacts facts, @Nullable Origin cause, long now) {
    if (facts.ownerId().isEmpty()) {
      return job;
    }
    var status = JobRecords.status(facts, job.publications(), cause, now);
    forward(events.record(Topics.JOB_STATUS, facts.jobId(), status), now);
    return job.published(now);
  }

  private JobRecord askCleanup(JobRecord job, int seq, @Nullable Origin cause, long now) {
    var facts = job.facts();
    var kept = KeptOriginals.of(facts, stores.photosOf(facts.jobId()), now);
    var request = JobRecords.cleanup(facts, seq, kept, cause, now);
    forward(events.record(Topics.CLEANUP, facts.jobId(), request), now);
    var asked = facts.cleaning();
    return job.with(
        facts.with(new JobFacts.Cleaning(asked.requests(), asked.done(), kept.againAt())));
  }

  /**
   * Only a task's bytes are at hand here; of other events the origin header says where they are.
   */
  private JobRecord refuse(JobRecord job, Effect.Refuse refuse, long now) {
    var head = refuse.event().head();
    var why =
        new DeadLetter(
            refuse.code(),
            refuse.message(),
            1,
            head.ownerId(),
            head.jobId(),
            refuse.event().photoId(),
            head.source().taskId(),
            null);
    forward(deadLetters.of(original(refuse.event(), now), why), now);
    return job;
  }

  /** The record that was read, as far as its event carried it here. */
  private static ConsumerRecord<byte[], byte[]> original(JobEvent event, long now) {
    var origin = event.head().origin();
    var source = event.head().source();
    var headers = new RecordHeaders();
    if (source.replays() != null) {
      headers.add(DeadLetters.REPLAYS, source.replays().toString().getBytes(US_ASCII));
    }
    return new ConsumerRecord<>(
        origin.topic(),
        origin.partition(),
        origin.offset(),
        now,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        bytes(source.key()),
        event instanceof JobEvent.TaskSeen task ? bytes(task.original()) : null,
        headers,
        Optional.empty());
  }

  private static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  private void forward(ProducerRecord<byte[], byte[]> record, long now) {
    context.forward(
        new Record<byte[], Emitted>(
            record.key(),
            new Outgoing(record.topic(), record.partition(), Bytes.wrap(record.value())),
            now,
            record.headers()));
  }
}
