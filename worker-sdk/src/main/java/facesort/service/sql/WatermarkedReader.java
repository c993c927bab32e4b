package facesort.service.sql;

import facesort.schemas.FailureCode;
import facesort.schemas.Topic;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.Freshness;
import facesort.service.KafkaClients;
import facesort.service.sql.BatchHandler.RefusedEvent;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;

/**
 * From Kafka to PostgreSQL, exactly once: committed records are read in batches, a {@link
 * BatchHandler} turns each batch into rows, and the next offsets move by compare-and-set in the
 * same SQL transaction. The offsets in the database count, the group only shares the partitions
 * out: at every assignment the reader goes to where the database says.
 *
 * <p>While the database or the broker is away the reader tries again without end and {@link
 * #trouble} says why. A record that cannot be decoded, that the handler refuses, or that alone
 * makes the database refuse its rows goes to the topic's dead letters (at least once) before the
 * position passes it; its neighbours go on.
 *
 * <p>One thread of its own does everything.
 */
public final class WatermarkedReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WatermarkedReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SQL_LIMIT = Duration.ofSeconds(30);
  private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
  private static final int STEP_SECONDS = 2;
  private static final int CLOSE_SECONDS = 10;
  private static final Duration LONG_BEHIND = Duration.ofMinutes(1);

  private final Setup setup;
  private final BatchHandler handler;
  private final Watermarks watermarks;
  private final Map<TopicPartition, Long> known = new HashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Consumer<byte[], byte[]> current;
  private volatile boolean closed;
  private volatile String trouble = "not started";
  private final Freshness freshness = new Freshness(LONG_BEHIND);
  private boolean prepared;
  private boolean lost = true;

  private WatermarkedReader(Setup setup, BatchHandler handler) {
    this.setup = setup;
    this.handler = handler;
    this.watermarks = new Watermarks(setup.name(), setup.tables().watermark());
  }

  /**
   * What a reader needs.
   *
   * @param name name of the reader: its consumer group and its rows in {@code watermark}
   * @param topics what it reads
   * @param deadLettersOf topics whose dead letters it reads too; their values are never decoded
   * @param batchSize most records in one SQL transaction
   * @param tables where the positions are kept, and what makes the tables
   */
  public record Setup(
      String name,
      List<Topic<?>> topics,
      List<Topic<?>> deadLettersOf,
      int batchSize,
      KafkaClients clients,
      Events events,
      DeadLetters deadLetters,
      ConnectionFactory database,
      ReaderTables tables) {

    /** Copies the lists. */
    public Setup {
      topics = List.copyOf(topics);
      deadLettersOf = List.copyOf(deadLettersOf);
    }

    /** A reader of topics alone. */
    public Setup(
        String name,
        List<Topic<?>> topics,
        int batchSize,
        KafkaClients clients,
        Events events,
        DeadLetters deadLetters,
        ConnectionFactory database) {
      this(
          name,
          topics,
          List.of(),
          batchSize,
          clients,
          events,
          deadLetters,
          database,
          new ReaderTables("watermark", Mono.empty()));
    }

    private List<String> names() {
      return Stream.concat(
              topics.stream().map(Topic::name), deadLettersOf.stream().map(Topic::deadLetters))
          .toList();
    }
  }

  /** Starts a reader. */
  public static WatermarkedReader start(Setup setup, BatchHandler handler) {
    var reader = new WatermarkedReader(setup, handler);
    Thread.ofPlatform().name("read-" + setup.name()).daemon().start(reader::run);
    return reader;
  }

  /** What keeps it from reading, in one line; empty when nothing does. */
  public Optional<String> trouble() {
    return trouble.isEmpty() ? Optional.empty() : Optional.of(trouble);
  }

  /**
   * Ends after the batch in hand; waits for it up to 12 s. The consumer is only woken when it
   * hangs: an answer that comes after its question was broken off is a warning for every partition.
   */
  @Override
  public void close() {
    closed = true;
    try {
      if (!ended.await(STEP_SECONDS, TimeUnit.SECONDS)) {
        Optional.ofNullable(current).ifPresent(Consumer::wakeup);
      }
      if (!ended.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("reader {} did not end in time", setup.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        runOnce();
      }
    } finally {
      ended.countDown();
    }
  }

  private void runOnce() {
    var settings = setup.clients().consumer(setup.name());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, setup.batchSize());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, KafkaClients.FETCH_BYTES);
    try (var consumer = KafkaClients.newConsumer(settings);
        var producer = KafkaClients.newProducer(setup.clients().producer())) {
      current = consumer;
      var intake = new Intake(setup, handler, producer);
      consumer.subscribe(setup.names(), new Assignment());
      while (!closed) {
        step(consumer, intake);
      }
    } catch (WakeupException e) {
      // Only close() wakes the consumer; the loop's condition ends it.
      log.debug("reader {} was woken", setup.name());
    } catch (KafkaException | LinkageError e) {
      fail(e);
      sleep();
    } finally {
      current = null;
    }
  }

  /** One poll and what follows; after any failure the next step starts from the database again. */
  private void step(Consumer<byte[], byte[]> consumer, Intake intake) {
    try {
      prepare();
      if (lost && !consumer.assignment().isEmpty()) {
        seek(consumer);
      }
      var polled = consumer.poll(POLL);
      if (lost) {
        // Just assigned: the poll began wherever the group said, not where the database says.
        trouble = consumer.assignment().isEmpty() ? "no partitions assigned" : trouble;
        return;
      }
      if (!polled.isEmpty()) {
        write(polled, intake);
      }
      reach(consumer);
      trouble = "";
    } catch (WakeupException e) {
      throw e;
    } catch (RuntimeException e) {
      fail(Exceptions.unwrap(e));
      lost = true;
      prepared = false;
      consumer.pause(consumer.assignment());
      consumer.poll(PAUSE);
    }
  }

  private void prepare() {
    if (!prepared) {
      setup.tables().prepare().timeout(PREPARE_LIMIT).block();
      prepared = true;
    }
  }

  private void reach(Consumer<byte[], byte[]> consumer) {
    try {
      if (freshness.look(consumer, consumer.assignment())) {
        reached(consumer.assignment(), freshness.shownAt().orElseThrow());
      }
    } catch (TimeoutException e) {
      log.debug("reader {}: the broker does not say how far its topics go", setup.name(), e);
    }
  }

  private void reached(Set<TopicPartition> partitions, Instant asOf) {
    var mine = new HashMap<>(known);
    mine.keySet().retainAll(partitions);
    SqlTransaction.in(
            setup.database(),
            connection ->
                watermarks
                    .confirm(connection, mine)
                    .then(handler.reached(connection, partitions, asOf)))
        .timeout(SQL_LIMIT)
        .blockLast();
  }

  private void seek(Consumer<byte[], byte[]> consumer) {
    var found =
        SqlTransaction.in(setup.database(), watermarks::load).timeout(SQL_LIMIT).blockLast();
    known.clear();
    known.putAll(found == null ? Map.of() : found);
    for (var partition : consumer.assignment()) {
      var next = known.get(partition);
      if (next == null) {
        consumer.seekToBeginning(List.of(partition));
      } else {
        consumer.seek(partition, next);
      }
    }
    consumer.resume(consumer.assignment());
    freshness.reset();
    lost = false;
  }

  private void write(Iterable<ConsumerRecord<byte[], byte[]>> polled, Intake intake) {
    var good = new ArrayList<ReadEvent>();
    var next = new HashMap<TopicPartition, Long>();
    for (var record : polled) {
      next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      intake.read(record).ifPresent(good::add);
    }
    try {
      commit(good, next);
    } catch (RuntimeException e) {
      if (!Blame.isOnRecords(Exceptions.unwrap(e))) {
        throw e;
      }
      log.info(
          "{}: a batch of {} was refused, taking its records singly", setup.name(), good.size());
      good.forEach(event -> writeAlone(event, intake));
      commit(List.of(), next);
    }
    intake.passed(next);
  }

  private void writeAlone(ReadEvent event, Intake intake) {
    var record = event.record();
    var partition = new TopicPartition(record.topic(), record.partition());
    try {
      commit(List.of(event), Map.of(partition, record.offset() + 1));
    } catch (RuntimeException e) {
      var cause = Exceptions.unwrap(e);
      if (!Blame.isOnRecords(cause)) {
        throw e;
      }
      var code = cause instanceof RefusedEvent refused ? refused.code() : FailureCode.INTERNAL;
      intake.refuse(event, code, String.valueOf(cause.getMessage()));
    }
  }

  private void commit(List<ReadEvent> batch, Map<TopicPartition, Long> next) {
    var ahead = new HashMap<>(next);
    ahead.entrySet().removeIf(e -> e.getValue().equals(known.get(e.getKey())));
    SqlTransaction.in(
            setup.database(),
            connection ->
                handler.apply(connection, batch).then(watermarks.advance(connection, known, ahead)))
        .timeout(SQL_LIMIT)
        .blockLast();
    known.putAll(ahead);
    handler.committed();
  }

  private void fail(Throwable cause) {
    var said = String.valueOf(cause);
    if (!said.equals(trouble)) {
      log.warn("reader {} cannot go on, trying again: {}", setup.name(), said);
    }
    trouble = said;
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Assignment implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      lost = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      lost = true;
    }
  }
}
