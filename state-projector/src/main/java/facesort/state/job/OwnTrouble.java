package facesort.state.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters of what the topology itself could not process. A record that could not be stripped
 * goes to its topic's dead letters with its bytes; what comes later goes to {@link
 * Topics#PROJECTOR_DEAD_LETTERS} without anything that the first processor took away.
 */
final class OwnTrouble {

  private static final DeadLetters LETTERS = new DeadLetters(JobStreams.NAME);
  private static final SmileSerde<JobEvent> EVENTS = SmileSerde.of(JobEvent.class);
  private static final String DEAD = "-dlt";

  private OwnTrouble() {}

  /** True when another try can help: it is not the record's fault. */
  static boolean isOutside(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof RegistryUnavailableException
          || cause instanceof UncheckedIOException
          || (cause instanceof KafkaException && !(cause instanceof SerializationException))) {
        return true;
      }
    }
    return false;
  }

  /** For a record that could not be stripped; that of a dead letter leaves its value behind. */
  static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, Throwable error) {
    var letter = LETTERS.of(record, DeadLetter.unattributed(FailureCode.INTERNAL, message(error)));
    return record.topic().endsWith(DEAD) ? ours(letter, null) : letter;
  }

  /** For an event that could not be folded. */
  static ProducerRecord<byte[], byte[]> of(JobEvent event, Throwable error) {
    var head = event.head();
    var why =
        new DeadLetter(
            FailureCode.INTERNAL,
            message(error),
            1,
            head.ownerId().isEmpty() ? null : head.ownerId(),
            head.jobId(),
            event.photoId(),
            head.source().taskId(),
            head.run());
    return ours(LETTERS.of(original(event, 0), why), EVENTS.serializer().serialize("", event));
  }

  /** For a job at which time alone could do nothing. */
  static ProducerRecord<byte[], byte[]> of(JobFacts job, Throwable error) {
    var why =
        new DeadLetter(
            FailureCode.INTERNAL,
            message(error),
            1,
            job.ownerId(),
            job.jobId(),
            null,
            null,
            job.runs().open());
    var key = job.jobId().getBytes(US_ASCII);
    return ours(LETTERS.of(new ConsumerRecord<>(JobStreams.NAME, 0, 0, key, key), why), null);
  }

  /** For bytes of an inner topic that are no event; the key is a job's id. */
  static ProducerRecord<byte[], byte[]> undecodable(
      ConsumerRecord<byte[], byte[]> record, Throwable error) {
    var job = Events.key(record);
    var why =
        new DeadLetter(
            FailureCode.UNDECODABLE,
            message(error),
            1,
            null,
            EventIds.isValid(job) ? job : null,
            null,
            null,
            null);
    return ours(LETTERS.of(record, why), record.value());
  }

  private static ProducerRecord<byte[], byte[]> ours(
      ProducerRecord<byte[], byte[]> letter, byte @Nullable [] value) {
    return new ProducerRecord<>(
        Topics.PROJECTOR_DEAD_LETTERS, null, letter.key(), value, letter.headers());
  }

  /** What and where, never the text of the error: it could quote the record. */
  private static String message(Throwable error) {
    var where = "";
    for (var frame : error.getStackTrace()) {
      if (frame.getClassName().startsWith("facesort.")) {
        where = " in " + frame.getFileName() + " line " + frame.getLineNumber();
        break;
      }
    }
    return error.getClass().getSimpleName() + where;
  }

  /** The record that was read, as far as its event carried it. */
  static ConsumerRecord<byte[], byte[]> original(JobEvent event, long now) {
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
        event instanceof JobEvent.TaskSeen task ? task.original().bytes() : null,
        headers,
        Optional.empty());
  }

  private static byte @Nullable [] bytes(@Nullable Raw raw) {
    return raw == null ? null : raw.bytes();
  }
}
