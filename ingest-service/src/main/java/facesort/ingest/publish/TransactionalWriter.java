package facesort.ingest.publish;

import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Writes sets of records, each in one transaction, one set after another in the order in which they
 * were asked for, from its own thread. Any number of threads may ask.
 *
 * <p>When an answer is an error the set is not there, or the broker's answer was lost and it may
 * be: whoever asks again must write the same records.
 */
public class TransactionalWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TransactionalWriter.class);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final long STOP_SECONDS = 15;

  private final Map<String, Object> settings;
  private final Runnable onFenced;
  private final ExecutorService thread;
  private @Nullable Producer<byte[], byte[]> producer;

  /**
   * Starts the thread; the producer is opened with the first set or by {@link #open}.
   *
   * @param settings of a transactional producer
   * @param onFenced called when another process took the transactional id over
   */
  public TransactionalWriter(Map<String, Object> settings, Runnable onFenced) {
    this.settings = Map.copyOf(settings);
    this.onFenced = onFenced;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> Thread.ofPlatform().name("transactional-writer").daemon().unstarted(work));
  }

  /** Ends a transaction that a crash of this slot left open, and fences who still uses the id. */
  public Mono<Void> open() {
    return commit(List::of);
  }

  /**
   * Writes the records, all or none; done when they are committed. Giving the answer up does not
   * stop the writing.
   *
   * @param records called on the writer's thread when it is their turn, so that what they are made
   *     from has the order in which they are written
   */
  public Mono<Void> commit(Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
    return Mono.fromFuture(
        () -> CompletableFuture.runAsync(() -> write(records.get()), thread), true);
  }

  private void write(List<ProducerRecord<byte[], byte[]>> records) {
    try {
      var current = producer();
      if (records.isEmpty()) {
        return;
      }
      current.beginTransaction();
      for (var record : records) {
        var _ = current.send(record);
      }
      // Flushes, and throws what any of the sends failed with.
      current.commitTransaction();
    } catch (ProducerFencedException e) {
      log.error("another instance took over this slot: {}", e.getMessage());
      onFenced.run();
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever it was, the next set must not find a transaction that is open.
      abandon();
      throw e;
    }
  }

  private Producer<byte[], byte[]> producer() {
    var current = producer;
    if (current == null) {
      current = KafkaClients.newProducer(settings);
      producer = current;
      current.initTransactions();
    }
    return current;
  }

  /** The next set gets a new producer, whose start ends whatever this one left open. */
  private void abandon() {
    var failed = producer;
    producer = null;
    if (failed == null) {
      return;
    }
    try {
      failed.abortTransaction();
    } catch (RuntimeException e) {
      log.debug("the transaction could not be aborted; the next producer ends it", e);
    }
    failed.close(Duration.ZERO);
  }

  /** Lets what was asked for end, then closes the producer. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var last = producer;
    if (last != null) {
      last.close(CLOSE);
    }
  }
}
