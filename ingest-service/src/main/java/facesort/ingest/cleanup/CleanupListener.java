package facesort.ingest.cleanup;

import facesort.ingest.publish.TransactionalWriter;
import facesort.schemas.Causation;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.Topics;
import facesort.schemas.UndecodableException;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import reactor.util.retry.Retry;

/**
 * Answers one record of the cleanup topic: a request with DONE, a bad record with a dead letter,
 * the answers of others not at all. Called by the thread of {@link CleanupLoop}, which it blocks.
 */
public final class CleanupListener {

  private static final Logger log = LoggerFactory.getLogger(CleanupListener.class);

  /** A cleanup of 100,000 objects takes minutes; all tries together. */
  static final Duration CLEANUP = Duration.ofMinutes(10);

  private static final Duration WRITE = Duration.ofSeconds(30);

  /** So often an object may refuse to go while the store answers otherwise. */
  private static final int ATTEMPTS = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final Cleaner cleaner;
  private final TransactionalWriter writer;
  private final Events events;
  private final DeadLetters deadLetters;

  /** Over what it needs; all of it is closed by others. */
  public CleanupListener(
      Cleaner cleaner, TransactionalWriter writer, Events events, DeadLetters deadLetters) {
    this.cleaner = cleaner;
    this.writer = writer;
    this.events = events;
    this.deadLetters = deadLetters;
  }

  /** Ends a transaction that a crash of this slot left open; before the group is joined. */
  void prepare() {
    writer.open().block(WRITE);
  }

  /**
   * Carries the record out; its answer is committed when this returns.
   *
   * @throws RuntimeException when something that can pass stood in the way
   */
  void handle(ConsumerRecord<byte[], byte[]> record) {
    Cleanup request;
    try {
      request = events.read(Topics.CLEANUP, record);
    } catch (UndecodableException e) {
      var why = DeadLetter.unattributed(FailureCode.UNDECODABLE, String.valueOf(e.getMessage()));
      write(deadLetters.of(record, why));
      return;
    }
    if (request.getKind() != CleanupKind.REQUESTED) {
      return;
    }
    try (var _ = MDC.putCloseable("jobId", request.getJobId())) {
      answer(record, request);
    }
  }

  private void answer(ConsumerRecord<byte[], byte[]> record, Cleanup request) {
    if (!EventIds.isValid(request.getOwnerId()) || !EventIds.isValid(request.getJobId())) {
      write(
          deadLetters.of(
              record,
              DeadLetter.unattributed(
                  FailureCode.INVALID_EVENT,
                  "job_id or owner_id is no id of [A-Za-z0-9_-]{1,64}")));
      return;
    }
    try {
      var done = cleaner.clean(request, causation(record)).retryWhen(refusals()).block(CLEANUP);
      if (done != null) {
        write(events.record(Topics.CLEANUP, done.getJobId(), done));
        log.info(
            "storage cleaned, {} objects removed, {} left",
            done.getDeletedObjects(),
            done.getKept().size());
      }
    } catch (LeftBehindException e) {
      log.error("storage not cleaned: {}", e.getMessage());
      write(deadLetters.of(record, failure(request, e)));
    }
  }

  /** Counts here what the store refuses, and nothing else: an outage is the loop's to sit out. */
  private static Retry refusals() {
    return Retry.backoff(ATTEMPTS - 1, FIRST_PAUSE)
        .filter(LeftBehindException.class::isInstance)
        .doBeforeRetry(
            refused -> log.warn("cleanup will be tried again: {}", refused.failure().getMessage()))
        .onRetryExhaustedThrow((_, refused) -> refused.failure());
  }

  private void write(ProducerRecord<byte[], byte[]> record) {
    writer.commit(() -> List.of(record)).block(WRITE);
  }

  private static DeadLetter failure(Cleanup request, LeftBehindException e) {
    return new DeadLetter(
        FailureCode.STORAGE_ERROR,
        String.valueOf(e.getMessage()),
        ATTEMPTS,
        request.getOwnerId(),
        request.getJobId(),
        null,
        null,
        request.getRun());
  }

  private static Causation causation(ConsumerRecord<byte[], byte[]> record) {
    return Causation.newBuilder()
        .setTopic(record.topic())
        .setPartition(record.partition())
        .setOffset(record.offset())
        .build();
  }
}
