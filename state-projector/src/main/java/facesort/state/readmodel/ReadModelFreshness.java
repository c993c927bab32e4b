package facesort.state.readmodel;

import facesort.schemas.Topic;
import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * How current the tables are. Each instance says so for its own partitions, in the database: an
 * answer is made of the rows of all, and is as old as the oldest. Nothing is known before every
 * partition was spoken for.
 */
final class ReadModelFreshness {

  /** A reader that keeps up asks the broker every 0.75 s. */
  private static final Duration STALE_AFTER = Duration.ofSeconds(5);

  private static final int PARTITIONS =
      Stream.of(ReadModelWriter.TOPICS, ReadModelWriter.DEAD_LETTERS_OF)
          .flatMap(List::stream)
          .mapToInt(Topic::partitions)
          .sum();

  private static final String REACHED =
      """
      INSERT INTO readmodel.freshness AS old (topic, kafka_partition, as_of)
      SELECT topic, number, $3 FROM unnest($1::text[], $2::int[]) AS v (topic, number)
      ON CONFLICT (topic, kafka_partition) DO UPDATE SET as_of = excluded.as_of
      WHERE old.as_of < excluded.as_of
      """;

  private static final String KNOWN =
      "SELECT min(as_of) AS as_of, count(*) AS partitions FROM readmodel.freshness";

  private final ConnectionFactory database;
  private final Clock clock;
  private volatile Instant known = Instant.EPOCH;

  ReadModelFreshness(ConnectionFactory database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** From memory. */
  AsOf now() {
    var asOf = known;
    return new AsOf(asOf, Duration.between(asOf, clock.instant()).compareTo(STALE_AFTER) > 0);
  }

  /** Remembers what the database says. */
  Mono<Void> load() {
    return SqlTransaction.in(
            database, connection -> Sql.select(connection, ReadModelFreshness::oldest, KNOWN))
        .doOnNext(asOf -> known = asOf)
        .then();
  }

  /** Says it for these partitions, and remembers what is so for all. */
  Mono<Void> reached(Connection connection, Set<TopicPartition> partitions, Instant asOf) {
    var topics = partitions.stream().map(TopicPartition::topic).toArray(String[]::new);
    var numbers = partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
    return Sql.update(connection, REACHED, topics, numbers, asOf)
        .thenMany(Sql.select(connection, ReadModelFreshness::oldest, KNOWN))
        .doOnNext(oldest -> known = oldest)
        .then();
  }

  private static Instant oldest(Readable row) {
    var asOf = row.get("as_of", Instant.class);
    return complete(row) && asOf != null ? asOf : Instant.EPOCH;
  }

  private static boolean complete(Readable row) {
    @Nullable Long partitions = row.get("partitions", Long.class);
    return partitions != null && partitions >= PARTITIONS;
  }
}
