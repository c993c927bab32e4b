package facesort.state.job;

import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.WorkerIdentity;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The running topology. A thread that fails, for whatever reason, is replaced after a second and
 * starts again from its last transaction, without end; {@link #trouble} says why. Stores that
 * cannot be read are thrown away and built again. Of two instances with one slot the older is
 * fenced and ends its process with code 75.
 */
public final class JobStreams implements SmartLifecycle {

  /** Name of the application: its group, its transactions and its inner topics begin with it. */
  public static final String NAME = "state-projector";

  /** A record of 1 MiB, and room for the rest. */
  private static final int LARGEST_INNER_RECORD = 2 * Topics.MAX_RECORD_BYTES;

  private static final Logger log = LoggerFactory.getLogger(JobStreams.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final Events events;
  private final DeadLetters deadLetters;
  private final Retention retention;
  private final Properties settings;
  private volatile @Nullable KafkaStreams streams;
  private volatile String failure = "";

  /**
   * How to run.
   *
   * @param bootstrapServers the broker
   * @param instance slot of this instance
   * @param stateDir folder of the stores, this instance's alone; lost, it is rebuilt from Kafka
   * @param threads stream threads
   * @param commitEvery time between two transactions: the latency of a status, and its cost
   * @param retention how long originals stay
   */
  public record Setup(
      String bootstrapServers,
      int instance,
      java.nio.file.Path stateDir,
      int threads,
      Duration commitEvery,
      Retention retention) {}

  /** Ready to start. */
  public JobStreams(Setup setup, Events events, DeadLetters deadLetters) {
    this.events = events;
    this.deadLetters = deadLetters;
    this.retention = setup.retention();
    this.settings = settings(setup);
  }

  /** Settings of its Kafka Streams; whoever measures something beside it takes the same. */
  public static Properties settings(Setup setup) {
    var settings = new Properties();
    settings.putAll(
        Map.ofEntries(
            Map.entry(StreamsConfig.APPLICATION_ID_CONFIG, NAME),
            Map.entry(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, setup.bootstrapServers()),
            Map.entry(StreamsConfig.STATE_DIR_CONFIG, setup.stateDir().toString()),
            Map.entry(StreamsConfig.NUM_STREAM_THREADS_CONFIG, setup.threads()),
            Map.entry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, setup.commitEvery().toMillis()),
            Map.entry(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2),
            // The streams protocol wants a new group whenever the topology changes.
            Map.entry(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic"),
            Map.entry(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, 0),
            Map.entry(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class),
            Map.entry(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 8L * 1024 * 1024),
            // Time of the event is in the event; a bad record timestamp must not stop a thread.
            Map.entry(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                WallclockTimestampExtractor.class),
            Map.entry(StreamsConfig.POLL_MS_CONFIG, 50L)));
    settings.putAll(clients(setup.instance()));
    settings.putAll(handlers());
    settings.putAll(intake());
    return settings;
  }

  /**
   * How much waits in memory. By default that is 1,000 records a partition and 50 MB a fetch: with
   * many faces a photo, far more than the heap.
   */
  private static Map<String, Object> intake() {
    return Map.of(
        StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
        100,
        StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
        KafkaClients.FETCH_BYTES,
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        500);
  }

  /** Who makes dead letters of what the topology itself cannot process. */
  static Map<String, Object> handlers() {
    return Map.of(
        StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, OwnTroubleHandler.class,
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, OwnTroubleHandler.class);
  }

  /** What its consumers, producers and inner topics have that is not the default of Streams. */
  private static Map<String, Object> clients(int instance) {
    return Map.of(
        // A successor in the slot has the tasks at once, another instance after the session.
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        NAME + "-" + instance,
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        KafkaClients.SESSION_MILLIS,
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        KafkaClients.HEARTBEAT_MILLIS,
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        KafkaClients.TRANSACTION_MILLIS,
        // An event carries the bytes it came from, for its dead letter.
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        LARGEST_INNER_RECORD,
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        String.valueOf(LARGEST_INNER_RECORD));
  }

  @Override
  public void start() {
    try {
      open();
    } catch (StreamsException e) {
      if (!isOfStore(e)) {
        throw e;
      }
      rebuild(e);
    }
  }

  private synchronized void open() {
    var started =
        new KafkaStreams(
            JobTopology.build(events, deadLetters, retention), settings, new StreamsClients());
    started.setUncaughtExceptionHandler(this::failed);
    started.setStateListener((now, before) -> log.info("topology is {}, was {}", now, before));
    streams = started;
    started.start();
  }

  /** Throws the stores away, which are a cache of Kafka, and begins again. */
  private synchronized void rebuild(Throwable cause) {
    var broken = streams;
    if (broken == null) {
      return;
    }
    log.error("the stores cannot be read and are built again from Kafka", cause);
    broken.close(CLOSE);
    broken.cleanUp();
    open();
  }

  private static Stream<Throwable> chain(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause);
  }

  private static boolean isOfStore(Throwable error) {
    return chain(error).anyMatch(cause -> cause instanceof RocksDBException);
  }

  /** Called by the failing stream thread, which may wait here. */
  private StreamThreadExceptionResponse failed(Throwable error) {
    if (chain(error).anyMatch(cause -> cause instanceof FencedInstanceIdException)) {
      log.error("a newer instance has this slot: this one ends");
      Runtime.getRuntime().halt(WorkerIdentity.SLOT_TAKEN);
    }
    failure = error.toString();
    if (isOfStore(error)) {
      // This thread is one of those that the rebuild waits for.
      Thread.ofPlatform().name("rebuild-stores").daemon().start(() -> rebuild(error));
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    log.error("a stream thread failed and is replaced", error);
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** The topology while it runs and none of its stores is being restored. */
  Optional<KafkaStreams> running() {
    var started = streams;
    return started != null && started.state() == KafkaStreams.State.RUNNING
        ? Optional.of(started)
        : Optional.empty();
  }

  /** What keeps it from folding, in one line; empty when nothing does. */
  public Optional<String> trouble() {
    var running = streams;
    if (running != null && running.state() == KafkaStreams.State.RUNNING) {
      return Optional.empty();
    }
    var state = running == null ? "not started" : running.state().name();
    return Optional.of(failure.isEmpty() ? state : state + " after " + failure);
  }

  /**
   * Ends the transaction in hand and leaves the group, so that another instance goes on at once.
   */
  @Override
  public synchronized void stop() {
    var running = streams;
    if (running != null) {
      var leave =
          CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(CLOSE);
      if (!running.close(leave)) {
        log.warn("the topology did not end in time");
      }
      streams = null;
    }
  }

  @Override
  public boolean isRunning() {
    return streams != null;
  }
}
