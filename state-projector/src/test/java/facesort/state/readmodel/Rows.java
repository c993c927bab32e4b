package facesort.state.readmodel;

import facesort.local.StackAddresses;
import facesort.schemas.AvroCodec;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.schemas.Topic;
import facesort.service.sql.PostgresSettings;
import facesort.service.sql.ReadEvent;
import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.pool.ConnectionPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The tables of the read model, written without a broker and read as text. */
final class Rows implements AutoCloseable {

  static final Duration LIMIT = Duration.ofSeconds(30);

  /** Broker time of every record that is made here. */
  static final Instant STAMPED = Instant.parse("2026-01-02T03:04:05Z");

  private final AvroCodec codec = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
  private final PostgresSettings settings;
  private final ConnectionPool database;
  private long offset;

  Rows(StackAddresses stack) {
    settings =
        new PostgresSettings(stack.r2dbcUrl(), stack.postgresUser(), stack.postgresPassword());
    database = settings.pool(4, Duration.ofSeconds(10));
    new ReadModelTables(settings, Duration.ofSeconds(10)).prepare().block(LIMIT);
  }

  PostgresSettings settings() {
    return settings;
  }

  ConnectionPool database() {
    return database;
  }

  /** The next record of a topic, in partition 0. */
  <V extends SpecificRecord> ReadEvent event(Topic<V> topic, V value) {
    var read = codec.decode(topic, codec.encode(topic, value));
    return new ReadEvent(topic, read, record(topic.name(), "key"));
  }

  /** The next record of a topic, which removes a key. */
  ReadEvent tombstone(Topic<?> topic, String key) {
    return new ReadEvent(topic, null, record(topic.name(), key));
  }

  /** The next dead letter of a topic, without headers. */
  ReadEvent dead(Topic<?> topic) {
    return new ReadEvent(topic, null, record(topic.deadLetters(), "key"));
  }

  private ConsumerRecord<byte[], byte[]> record(String topic, String key) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset++,
        STAMPED.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        0,
        bytes(key),
        bytes("value"),
        new RecordHeaders(),
        Optional.empty());
  }

  void write(ReadEvent... events) {
    write(List.of(events));
  }

  /** One batch. */
  void write(List<ReadEvent> events) {
    SqlTransaction.in(database, connection -> new ReadModelWriter().apply(connection, events))
        .blockLast(LIMIT);
  }

  /** First column of each row, as text. */
  List<String> query(String sql, Object... values) {
    return SqlTransaction.in(
            database,
            connection ->
                Sql.select(
                    connection, row -> String.valueOf(row.get(0, String.class)), sql, values))
        .collectList()
        .blockOptional(LIMIT)
        .orElseThrow();
  }

  void execute(String sql) {
    SqlTransaction.in(database, connection -> Sql.update(connection, sql)).blockLast(LIMIT);
  }

  void clear() {
    tables().forEach(table -> execute("DELETE FROM readmodel." + table));
  }

  /** Names of all tables with content. */
  List<String> tables() {
    return query(
        """
        SELECT table_name::text FROM information_schema.tables
        WHERE table_schema = 'readmodel' AND table_type = 'BASE TABLE'
          AND table_name NOT IN ('flyway_schema_history', 'watermark', 'freshness')
        """);
  }

  /** Every row of every table. */
  List<String> everything() {
    return tables().stream()
        .flatMap(table -> query("SELECT t::text FROM readmodel." + table + " t").stream())
        .toList();
  }

  String hash() {
    return ContentHash.of(database).blockOptional(LIMIT).orElseThrow();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    database.dispose();
  }
}
