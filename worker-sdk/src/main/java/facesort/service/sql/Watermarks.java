package facesort.service.sql;

import io.r2dbc.spi.Connection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The next offset per partition that a reader has not written yet, in the database of its rows:
 * table {@code watermark}, script {@code facesort/watermark.sql}.
 */
public final class Watermarks {

  /** Script that creates the table. */
  public static final String SCRIPT = "facesort/watermark.sql";

  /**
   * Another instance has advanced the position: what this one did on top of the old one is void.
   */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken(TopicPartition partition) {
      super("another instance has read on in " + partition);
    }
  }

  private static final long NONE = -1;

  private static final String FIRST =
      """
      INSERT INTO watermark (reader, topic, kafka_partition, next_offset) VALUES ($1, $2, $3, $4)
      ON CONFLICT DO NOTHING
      """;

  /** Never inserts: a row that is gone means another database, and then nothing may be skipped. */
  private static final String NEXT =
      """
      UPDATE watermark SET next_offset = $4
      WHERE reader = $1 AND topic = $2 AND kafka_partition = $3 AND next_offset = $5
      """;

  private final String reader;

  /** Of the reader with that name. */
  public Watermarks(String reader) {
    this.reader = reader;
  }

  /** All positions of the reader. */
  public Mono<Map<TopicPartition, Long>> load(Connection connection) {
    var statement =
        connection.createStatement(
            """
            SELECT topic, kafka_partition, next_offset FROM watermark WHERE reader = $1
            """);
    return Flux.from(statement.bind("$1", reader).execute())
        .concatMap(result ->
            result.map((row, metadata) ->
                Map.entry(
                    new TopicPartition(
                        row.get("topic", String.class), row.get("kafka_partition", Integer.class)),
                    row.get("next_offset", Long.class))))
        .collect(HashMap::new, (map, entry) -> map.put(entry.getKey(), entry.getValue()));
  }

  /**
   * Moves positions on by compare-and-set.
   *
   * @param known positions this instance last saw; a partition that is not in it has none yet
   * @param next new positions
   */
  Mono<Void> advance(
      Connection connection, Map<TopicPartition, Long> known, Map<TopicPartition, Long> next) {
    return Flux.fromIterable(next.entrySet())
        .concatMap(entry ->
            advance(
                connection,
                entry.getKey(),
                known.getOrDefault(entry.getKey(), NONE),
                entry.getValue()))
        .then();
  }

  private Mono<Void> advance(Connection connection, TopicPartition partition, long from, long to) {
    var statement =
        connection
            .createStatement(from == NONE ? FIRST : NEXT)
            .bind("$1", reader)
            .bind("$2", partition.topic())
            .bind("$3", partition.partition())
            .bind("$4", to);
    if (from != NONE) {
      statement.bind("$5", from);
    }
    return Flux.from(statement.execute())
        .concatMap(result -> result.getRowsUpdated())
        .reduce(0L, Long::sum)
        .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(new Overtaken(partition)));
  }
}
