package facesort.service.sql;

import io.r2dbc.spi.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/**
 * The next offset per partition that a reader has not written yet, in the database of its rows:
 * table {@code watermark}, script {@code facesort/watermark.sql}, unless told otherwise.
 */
public final class Watermarks {

  /** Script that creates the table. */
  public static final String SCRIPT = "facesort/watermark.sql";

  /**
   * Another instance has advanced the position: what this one did on top of the old one is void.
   */
  static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Overtaken(List<TopicPartition> partitions) {
      super("another instance has read on in one of " + partitions);
    }
  }

  private static final String TABLE = "watermark";

  private final String reader;
  private final String table;

  /** Of the reader with that name. */
  public Watermarks(String reader) {
    this(reader, TABLE);
  }

  /**
   * Of the reader with that name, in a table of the same columns elsewhere.
   *
   * @param table name of the table, with its schema
   */
  public Watermarks(String reader, String table) {
    this.reader = reader;
    this.table = table;
  }

  /** All positions of the reader. */
  public Mono<Map<TopicPartition, Long>> load(Connection connection) {
    var sql = "SELECT topic, kafka_partition, next_offset FROM " + table + " WHERE reader = $1";
    return Sql.select(
            connection,
            row ->
                Map.entry(
                    new TopicPartition(
                        Sql.get(row, "topic", String.class),
                        Sql.get(row, "kafka_partition", Integer.class)),
                    Sql.get(row, "next_offset", Long.class)),
            sql,
            reader)
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
    var first = new ArrayList<>(next.keySet());
    first.removeIf(known::containsKey);
    var later = new ArrayList<>(next.keySet());
    later.retainAll(known.keySet());
    return insert(connection, first, next).then(update(connection, later, known, next));
  }

  /** Fails when the database has other positions than these: others' work, or another database. */
  Mono<Void> confirm(Connection connection, Map<TopicPartition, Long> known) {
    var partitions = List.copyOf(known.keySet());
    var sql =
        """
        SELECT count(*) AS found FROM %s w
        JOIN unnest($2::text[], $3::int[], $4::bigint[]) v (topic, number, next)
        ON w.topic = v.topic AND w.kafka_partition = v.number AND w.next_offset = v.next
        WHERE w.reader = $1
        """
            .formatted(table);
    return all(
        partitions,
        Sql.select(
                connection,
                row -> Sql.get(row, "found", Long.class),
                sql,
                reader,
                topics(partitions),
                numbers(partitions),
                offsets(partitions, known))
            .single());
  }

  private Mono<Void> insert(
      Connection connection, List<TopicPartition> partitions, Map<TopicPartition, Long> next) {
    var sql =
        """
        INSERT INTO %s (reader, topic, kafka_partition, next_offset)
        SELECT $1, * FROM unnest($2::text[], $3::int[], $4::bigint[]) ON CONFLICT DO NOTHING
        """
            .formatted(table);
    return all(
        partitions,
        Sql.update(
            connection,
            sql,
            reader,
            topics(partitions),
            numbers(partitions),
            offsets(partitions, next)));
  }

  /** Never inserts: a row that is gone means another database, and then nothing may be skipped. */
  private Mono<Void> update(
      Connection connection,
      List<TopicPartition> partitions,
      Map<TopicPartition, Long> known,
      Map<TopicPartition, Long> next) {
    var sql =
        """
        UPDATE %s w SET next_offset = v.next
        FROM unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[]) v (topic, number, next, last)
        WHERE w.reader = $1 AND w.topic = v.topic AND w.kafka_partition = v.number
          AND w.next_offset = v.last
        """
            .formatted(table);
    return all(
        partitions,
        Sql.update(
            connection,
            sql,
            reader,
            topics(partitions),
            numbers(partitions),
            offsets(partitions, next),
            offsets(partitions, known)));
  }

  private static Mono<Void> all(List<TopicPartition> partitions, Mono<Long> rows) {
    return partitions.isEmpty()
        ? Mono.empty()
        : rows.flatMap(count ->
            count == partitions.size()
                ? Mono.<Void>empty()
                : Mono.error(new Overtaken(partitions)));
  }

  private static String[] topics(List<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::topic).toArray(String[]::new);
  }

  private static Integer[] numbers(List<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).toArray(Integer[]::new);
  }

  private static Long[] offsets(List<TopicPartition> partitions, Map<TopicPartition, Long> at) {
    return partitions.stream().map(at::get).toArray(Long[]::new);
  }
}
