package facesort.state.readmodel;

import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.sql.BatchHandler;
import facesort.service.sql.PostgresSettings;
import facesort.service.sql.ReadEvent;
import facesort.service.sql.ReaderTables;
import facesort.service.sql.WatermarkedReader;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * The life of the read model: its tables and its reader, until it is stopped. While the database is
 * away it tries again without end, and the topology goes on without it; when the tables were thrown
 * away it makes them again and reads everything from the beginning.
 */
public final class ReadModel implements SmartLifecycle {

  /** Name of the reader. */
  public static final String NAME = "state-projector-readmodel";

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);

  private final WatermarkedReader.Setup setup;
  private final ReadModelFreshness freshness;
  private volatile @Nullable WatermarkedReader reader;
  private volatile boolean reachable;

  /**
   * What a read model needs.
   *
   * @param batchSize most events in one SQL transaction
   * @param database pool to {@code postgres}
   */
  public record Setup(
      int batchSize,
      KafkaClients clients,
      Events events,
      DeadLetters deadLetters,
      PostgresSettings postgres,
      ConnectionFactory database,
      Clock clock) {}

  /** Ready to start. */
  public ReadModel(Setup given) {
    freshness = new ReadModelFreshness(given.database(), given.clock());
    var tables = new ReadModelTables(given.postgres(), CONNECT_WITHIN);
    setup =
        new WatermarkedReader.Setup(
            NAME,
            ReadModelWriter.TOPICS,
            ReadModelWriter.DEAD_LETTERS_OF,
            given.batchSize(),
            given.clients(),
            given.events(),
            given.deadLetters(),
            given.database(),
            new ReaderTables(
                ReadModelTables.WATERMARK,
                tables
                    .prepare()
                    .then(Mono.defer(freshness::load))
                    .doOnSubscribe(again -> reachable = false)
                    .doOnSuccess(none -> reachable = true)));
  }

  @Override
  public synchronized void start() {
    reader = WatermarkedReader.start(setup, new Rows(new ReadModelWriter()));
  }

  /** What keeps events from the tables, in one line; empty when nothing does. */
  public Optional<String> trouble() {
    var started = reader;
    return started == null ? Optional.of("not started") : started.trouble();
  }

  /** How current the tables are; from memory, never waits. */
  public AsOf asOf() {
    return freshness.now();
  }

  /** Whether the database answered when it was last asked; from memory, never waits. */
  public boolean isReachable() {
    return reachable;
  }

  @Override
  public synchronized void stop() {
    var started = reader;
    if (started != null) {
      started.close();
      reader = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return reader != null;
  }

  /** Writes rows and says how far they go. */
  private final class Rows implements BatchHandler {

    private final ReadModelWriter writer;

    Rows(ReadModelWriter writer) {
      this.writer = writer;
    }

    @Override
    public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
      return writer.apply(connection, events);
    }

    @Override
    public Mono<Void> reached(Connection connection, Set<TopicPartition> partitions, Instant asOf) {
      return freshness.reached(connection, partitions, asOf);
    }
  }
}
