package facesort.ingest.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.ingest.TopicRecords;
import facesort.ingest.job.ManifestStore;
import facesort.ingest.publish.TransactionalWriter;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.AvroCodec;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The loop on a real topic of its own, before a store that is away first and then refuses. */
@ExtendWith(LocalStackExtension.class)
class CleanupLoopIT {

  private static final String TOPIC = "cleanup-loop-it";
  private static final String DEAD_LETTERS = TOPIC + "-dlt";
  private static final int FAILED_LISTINGS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KafkaClients clients;
  private final Events events =
      new Events(new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE));
  private final TopicRecords topics;
  private final RefusingStore refusing;
  private final TransactionalWriter writer;
  private final CleanupLoop loop;

  CleanupLoopIT(StackAddresses stack) throws IOException {
    clients = new KafkaClients(stack.bootstrapServers());
    topics = new TopicRecords(clients, events);
    refusing = new RefusingStore();
    writer = new TransactionalWriter(clients.transactional(TOPIC), () -> {});
    var store = refusing.client();
    var cleaner = new Cleaner(store, new ManifestStore(store), Clock.systemUTC());
    loop =
        new CleanupLoop(
            clients.consumer(TOPIC),
            TOPIC,
            new CleanupListener(cleaner, writer, events, new DeadLetters("ingest")),
            () -> {});
  }

  @AfterEach
  void stop() {
    loop.stop();
    writer.close();
    refusing.close();
  }

  @Test
  void refusedObject_isTriedThreeTimesAlthoughAnOutageCameBefore()
      throws ExecutionException, InterruptedException {
    createTopics();
    refusing.failListings(FAILED_LISTINGS);
    var request = events.record(Topics.CLEANUP, "j1", RefusingStore.request());
    topics.write(new ProducerRecord<>(TOPIC, request.key(), request.value()));

    loop.start();

    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(topics.records(DEAD_LETTERS, 1)).hasSize(1));
    var letter = topics.records(DEAD_LETTERS, 1).getFirst();
    assertThat(header(letter, DeadLetters.CODE)).isEqualTo("STORAGE_ERROR");
    assertThat(header(letter, DeadLetters.ATTEMPTS)).isEqualTo("3");
    assertThat(header(letter, DeadLetters.MESSAGE)).contains("AccessDenied");
    assertThat(refusing.listingsToFail()).isZero();
    assertThat(refusing.deletions()).isEqualTo(3);
  }

  private void createTopics() throws ExecutionException, InterruptedException {
    try (var admin = clients.admin()) {
      var _ =
          admin
              .createTopics(
                  List.of(
                      new NewTopic(TOPIC, 1, (short) 1), new NewTopic(DEAD_LETTERS, 1, (short) 1)))
              .all()
              .get();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
