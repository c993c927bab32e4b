package facesort.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.StackClients;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ExtendWith(LocalStackExtension.class)
class WatermarkedReaderIT {

  private static final AtomicInteger READERS = new AtomicInteger();
  private static StackClients clients;
  private static ConnectionPool database;
  private static Producer<byte[], byte[]> producer;
  private final String name = "reader-" + READERS.incrementAndGet() + "-" + System.nanoTime();
  private final String job = "job-" + name;

  @BeforeAll
  static void connect(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
    producer = KafkaClients.newProducer(clients.kafka().producer());
    database =
        new PostgresSettings(stack.r2dbcUrl(), stack.postgresUser(), stack.postgresPassword())
            .pool(4, Duration.ofSeconds(10));
    SchemaScripts.apply(database, Watermarks.SCRIPT, "seen.sql").block();
  }

  @AfterAll
  static void close() {
    producer.close();
    database.dispose();
    clients.close();
  }

  @BeforeEach
  void clear() {
    sql("DELETE FROM seen").blockLast();
  }

  @Test
  void reader_writesEachRecordOnceAcrossRestarts() throws Exception {
    publish(0, 50);
    try (var reader = start(new Rows())) {
      awaitSeen(50);
      assertThat(reader.trouble()).isEmpty();
    }
    publish(50, 80);
    try (var again = start(new Rows())) {
      awaitSeen(80);
      assertThat(again.trouble()).isEmpty();
    }

    assertThat(seen()).doesNotHaveDuplicates().hasSize(80);
  }

  @Test
  void reader_repeatsNothingWhenACommitFails() throws Exception {
    publish(0, 40);
    var failures = new AtomicInteger(3);
    var flaky =
        new Rows() {
          @Override
          public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
            var written = super.apply(connection, events);
            return failures.getAndDecrement() > 0
                ? written.then(Mono.error(new IllegalStateException("the way is down")))
                : written;
          }
        };

    try (var _ = start(flaky)) {
      awaitSeen(40);
    }

    assertThat(seen()).doesNotHaveDuplicates().hasSize(40);
  }

  @Test
  void reader_writesADeadLetterOnceWhileCommitsFail() throws Exception {
    producer.send(new ProducerRecord<>("cleanup", 0, bytes(job), bytes("no avro"))).get();
    publish(0, 4);
    var failures = new AtomicInteger(3);
    var flaky =
        new Rows() {
          @Override
          public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
            return failures.getAndDecrement() > 0
                ? Mono.error(new IllegalStateException("the disk is full"))
                : super.apply(connection, events);
          }
        };

    try (var _ = start(flaky)) {
      awaitSeen(4);
    }

    assertThat(failures).hasNonPositiveValue();
    assertThat(deadLetterCodes()).containsExactly("UNDECODABLE");
  }

  @Test
  void reader_goesOnBehindBadRecordsAndKeepsThem() throws Exception {
    publish(0, 5);
    producer.send(new ProducerRecord<>("cleanup", 0, bytes(job), bytes("no avro"))).get();
    publish(5, 10);
    var picky =
        new Rows() {
          @Override
          public void check(ReadEvent event) {
            if (seq(event) == 7 && event.key().equals(job)) {
              throw new RefusedEvent(facesort.schemas.FailureCode.INVALID_EVENT, "seven");
            }
          }
        };

    try (var _ = start(picky)) {
      awaitSeen(9);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> deadLetterCodes().size() >= 2);
    }

    assertThat(deadLetterCodes()).containsExactlyInAnyOrder("UNDECODABLE", "INVALID_EVENT");
  }

  @Test
  void reader_deadLettersTheOneRecordThatTheDatabaseRefuses() throws Exception {
    publish(0, 10);
    var broken =
        new Rows() {
          @Override
          Flux<?> insert(Connection connection, ReadEvent event) {
            return seq(event) == 4
                ? Flux.from(
                        connection.createStatement("INSERT INTO seen VALUES ('x', 1/0)").execute())
                    .concatMap(result -> result.getRowsUpdated())
                : super.insert(connection, event);
          }
        };

    try (var _ = start(broken)) {
      awaitSeen(9);
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !deadLetterCodes().isEmpty());
    }

    assertThat(deadLetterCodes()).containsExactly("INTERNAL");
  }

  @Test
  void reader_saysUpToWhenEverythingIsWritten() throws Exception {
    var told = new AtomicLong();
    var telling =
        new Rows() {
          @Override
          public Mono<Void> reached(
              Connection connection, Set<TopicPartition> partitions, Instant asOf) {
            assertThat(partitions).hasSize(Topics.CLEANUP.partitions());
            told.set(asOf.toEpochMilli());
            return Mono.empty();
          }
        };
    try (var _ = start(telling)) {
      publish(0, 30);
      var published = System.currentTimeMillis();

      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> told.get() > published);
      assertThat(seen()).hasSize(30);
    }
  }

  @Test
  void reader_startsFromTheBeginning_whenItsPositionsVanishAndAreMadeAgain() throws Exception {
    var table = "positions_" + System.nanoTime();
    var prepare =
        sql("CREATE TABLE IF NOT EXISTS " + table + " (LIKE watermark INCLUDING ALL)").then();
    publish(0, 10);
    try (var _ = start(new Rows(), new ReaderTables(table, prepare))) {
      awaitSeen(10);
      sql("DROP TABLE " + table).blockLast();

      awaitSeen(20);
      // As if another instance had made it again, before this one could notice.
      sql("DELETE FROM " + table).blockLast();
      awaitSeen(30);
    }
  }

  private WatermarkedReader start(BatchHandler handler) {
    return start(handler, new ReaderTables("watermark", Mono.empty()));
  }

  private WatermarkedReader start(BatchHandler handler, ReaderTables tables) {
    return WatermarkedReader.start(
        new WatermarkedReader.Setup(
            name,
            List.of(Topics.CLEANUP),
            List.of(),
            20,
            clients.kafka(),
            clients.events(),
            new DeadLetters(name),
            database,
            tables),
        handler);
  }

  private void publish(int from, int to) throws Exception {
    for (int seq = from; seq < to; seq++) {
      // Spread over the partitions, all of one job.
      var record = clients.events().record(Topics.CLEANUP, job, request(seq));
      producer.send(new ProducerRecord<>("cleanup", seq % 4, record.key(), record.value())).get();
    }
  }

  private Cleanup request(int seq) {
    return Cleanup.newBuilder()
        .setEventId(job + seq)
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId("anna")
        .setCausation(null)
        .setKind(CleanupKind.REQUESTED)
        .setSeq(seq)
        .setDeletedObjects(null)
        .setDeletedBytes(null)
        .build();
  }

  private void awaitSeen(int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(seen()).hasSizeGreaterThanOrEqualTo(count));
  }

  private List<Integer> seen() {
    return sql("SELECT seq FROM seen WHERE job = '" + job + "'")
        .collectList()
        .blockOptional()
        .orElseThrow();
  }

  private List<String> deadLetterCodes() {
    var codes = new ArrayList<String>();
    try (var consumer = KafkaClients.newConsumer(clients.kafka().reader())) {
      var partitions =
          IntStream.range(0, 4).mapToObj(p -> new TopicPartition("cleanup-dlt", p)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          var service = record.headers().lastHeader(DeadLetters.SERVICE).value();
          // Each reader meets the other tests' bad records, too.
          if (Events.key(record).equals(job)
              && new String(service, StandardCharsets.UTF_8).equals(name)) {
            codes.add(
                new String(
                    record.headers().lastHeader(DeadLetters.CODE).value(), StandardCharsets.UTF_8));
          }
        }
      }
    }
    return codes;
  }

  private static Flux<Integer> sql(String text) {
    return SqlTransaction.in(
        database,
        connection ->
            Flux.from(connection.createStatement(text).execute())
                .concatMap(result -> result.map((row, metadata) -> row.get(0, Integer.class))));
  }

  private static int seq(ReadEvent event) {
    return event.value() instanceof Cleanup cleanup ? cleanup.getSeq() : -1;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a row per event, without any defence against repeats: those would show. */
  private static class Rows implements BatchHandler {

    @Override
    public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
      return Flux.fromIterable(events).concatMap(event -> insert(connection, event)).then();
    }

    Flux<?> insert(Connection connection, ReadEvent event) {
      var statement =
          connection
              .createStatement("INSERT INTO seen VALUES ($1, $2)")
              .bind("$1", event.key())
              .bind("$2", seq(event));
      return Flux.from(statement.execute()).concatMap(result -> result.getRowsUpdated());
    }
  }
}
