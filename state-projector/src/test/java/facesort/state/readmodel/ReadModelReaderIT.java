package facesort.state.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.DeliveryState;
import facesort.schemas.MatchDecision;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.state.job.JobStreams;
import facesort.state.job.Records;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The read model on the real broker and database, which lose things. */
@ExtendWith(LocalStackExtension.class)
class ReadModelReaderIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String OWNER = "owner-reader";

  private static KafkaClients clients;
  private static Events events;
  private static Producer<byte[], byte[]> producer;
  private static Rows rows;
  private static ReadModel readModel;

  private final String jobId = "job-" + UUID.randomUUID();
  private final List<Future<?>> sent = new ArrayList<>();
  private final Records job = Records.of(jobId, OWNER);

  @BeforeAll
  static void open(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = new KafkaClients(stack.bootstrapServers());
    try (var admin = clients.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    }
    events =
        new Events(
            AvroCodec.open(
                new CodecConfig(
                    URI.create(stack.registryUrl()),
                    Duration.ofSeconds(10),
                    folder.resolve("ids.json"),
                    folder.resolve("cache.json"),
                    true)));
    producer = KafkaClients.newProducer(clients.producer());
    rows = new Rows(stack);
    // Rows of other tests come from no topic.
    rows.execute("DROP SCHEMA readmodel CASCADE");
    readModel =
        new ReadModel(
            new ReadModel.Setup(
                50,
                clients,
                events,
                new DeadLetters(JobStreams.NAME),
                rows.settings(),
                rows.database(),
                Clock.systemUTC()));
    readModel.start();
  }

  @AfterAll
  static void close() {
    readModel.stop();
    producer.close();
    rows.close();
  }

  @Test
  void whatWasCommittedBefore_isInTheTables_asOfThatInstant() throws Exception {
    write(Topics.TASK_QUEUED, "t", job.task("a", 0, null));
    awaitAsOf(Instant.now());

    assertThat(photos()).isEqualTo(1);
    assertThat(readModel.asOf().stale()).isFalse();
    assertThat(readModel.isReachable()).isTrue();
    assertThat(readModel.trouble()).isEmpty();
  }

  @Test
  void tablesThatVanish_areMadeAgain_withTheSameContent() throws Exception {
    writeJob(20);
    awaitAsOf(Instant.now());
    var expected = rows.hash();

    rows.execute("DROP SCHEMA readmodel CASCADE");
    awaitAsOf(Instant.now());
    assertThat(rows.hash()).isEqualTo(expected);

    rows.execute("DROP TABLE readmodel.photo CASCADE");
    write(Topics.TASK_QUEUED, "again", job.task("p0", 0, null));
    awaitAsOf(Instant.now());
    assertThat(photos()).isEqualTo(20);
    assertThat(rows.hash()).isEqualTo(rebuilt()).isNotEqualTo(expected);
  }

  /** A server process killed by force takes all connections with it and has the log replayed. */
  @Test
  void databaseThatCrashesInMidBatch_losesAndDoublesNothing() throws Exception {
    writeJob(1000);
    await().atMost(LIMIT).ignoreExceptions().until(() -> photos() > 100);
    var process = Long.parseLong(rows.query("SELECT pg_backend_pid()::text").getFirst());
    var server = ProcessHandle.of(process);
    assumeThat(server).as("the database runs on this machine").isPresent();
    server.orElseThrow().destroyForcibly();

    awaitAsOf(Instant.now());

    assertThat(photos()).isEqualTo(1000);
    assertThat(rows.hash()).isEqualTo(rebuilt());
  }

  private static String rebuilt() {
    rows.execute("DROP SCHEMA readmodel CASCADE");
    awaitAsOf(Instant.now());
    return rows.hash();
  }

  private static void awaitAsOf(Instant instant) {
    await().atMost(LIMIT).until(() -> readModel.asOf().asOf().isAfter(instant));
  }

  private long photos() {
    return rows.query("SELECT photo_id FROM readmodel.photo WHERE job_id = $1", jobId).size();
  }

  private void writeJob(int photos) throws Exception {
    write(Topics.JOB_CONTROL, jobId, job.submit(photos));
    for (int i = 0; i < photos; i++) {
      var photo = "p" + i;
      send(Topics.TASK_QUEUED, photo, job.task(photo, i, null));
      send(Topics.FACES_DETECTED, photo, job.faces(photo, 1));
      send(
          Topics.MATCH_RESULT, photo, job.match(photo, Records.face(MatchDecision.MATCHED, "ann")));
      send(Topics.DELIVERY_DONE, jobId, job.delivery(photo, "ann", DeliveryState.SENT));
    }
    write(Topics.JOB_STATUS, jobId, job.status(photos));
  }

  private <V extends SpecificRecord> void send(Topic<V> topic, String key, V event) {
    sent.add(producer.send(events.record(topic, key, event)));
  }

  /** The broker has it and all that was sent before. */
  private <V extends SpecificRecord> void write(Topic<V> topic, String key, V event)
      throws Exception {
    send(topic, key, event);
    for (var one : sent) {
      one.get();
    }
  }
}
