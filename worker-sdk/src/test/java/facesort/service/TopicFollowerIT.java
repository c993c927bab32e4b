package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Channel;
import facesort.schemas.FriendContact;
import facesort.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.Assumptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class TopicFollowerIT {

  private static final Duration RECENT = Duration.ofMillis(1_500);

  private static StackClients clients;
  private static Producer<byte[], byte[]> producer;

  @BeforeAll
  static void connect(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
    producer = KafkaClients.newProducer(clients.kafka().producer());
  }

  @AfterAll
  static void close() {
    producer.close();
    clients.close();
  }

  @Test
  void follower_hasWhatWasThereAndThenWhatComes() throws Exception {
    send("anna/a", 1);
    send("anna/b", 1);
    send("anna/a", 2);
    producer
        .send(
            new ProducerRecord<>(
                "friend.contact", "anna/b".getBytes(StandardCharsets.UTF_8), new byte[] {9}))
        .get();
    Map<String, Long> versions = new ConcurrentHashMap<>();

    try (var follower =
        TopicFollower.start(
            Topics.FRIEND_CONTACT, clients.kafka(), clients.events(), r -> fold(versions, r))) {
      follower.caughtUp().get(30, TimeUnit.SECONDS);
      assertThat(versions).isEqualTo(Map.of("anna/a", 2L, "anna/b", 1L));

      producer.send(clients.events().tombstone(Topics.FRIEND_CONTACT, "anna/b")).get();
      send("anna/c", 7);
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(versions).isEqualTo(Map.of("anna/a", 2L, "anna/c", 7L)));
    }
  }

  @Test
  void isCurrent_onlyWhileTheBrokerAnswers() throws Exception {
    var broker = broker();
    Map<String, Long> versions = new ConcurrentHashMap<>();
    try (var follower =
        TopicFollower.start(
            Topics.FRIEND_CONTACT, clients.kafka(), clients.events(), r -> fold(versions, r))) {
      await(() -> follower.isCurrent(RECENT));
      var before = System.nanoTime();

      signal(broker, "STOP");
      try {
        await(() -> !follower.isCurrent(RECENT));
        await(() -> follower.trouble().isPresent());
        assertThat(follower.isCurrent(Duration.ofNanos(System.nanoTime() - before).plus(RECENT)))
            .isTrue();
      } finally {
        signal(broker, "CONT");
      }

      await(() -> follower.isCurrent(RECENT) && follower.trouble().isEmpty());
      send("anna/late", 9);
      await(() -> versions.containsKey("anna/late"));
    }
  }

  @Test
  void isNotCurrent_whileItsReceiverLags() throws Exception {
    send("anna/slow", 1);
    var open = new CountDownLatch(1);
    try (var follower =
        TopicFollower.start(
            Topics.FRIEND_CONTACT, clients.kafka(), clients.events(), r -> waitFor(open))) {
      Awaitility.await()
          .during(Duration.ofSeconds(2))
          .atMost(Duration.ofSeconds(10))
          .until(() -> !follower.isCurrent(Duration.ofHours(1)) && !follower.caughtUp().isDone());

      open.countDown();

      await(() -> follower.isCurrent(RECENT));
      assertThat(follower.caughtUp()).isDone();
    }
  }

  /** The process of the broker that this test's own stack started. */
  private static ProcessHandle broker() {
    var broker =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains("kafka.Kafka"))
            .findFirst();
    Assumptions.assumeThat(broker).as("a broker of our own that can be paused").isPresent();
    return broker.orElseThrow();
  }

  private static void signal(ProcessHandle process, String name) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
  }

  private static void waitFor(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void fold(Map<String, Long> versions, Followed<FriendContact> record) {
    if (record.value() == null) {
      versions.remove(record.key());
    } else {
      versions.put(record.key(), record.value().getVersion());
    }
  }

  private static void send(String key, long version) throws Exception {
    var contact =
        FriendContact.newBuilder()
            .setEventId(key + version)
            .setOccurredAt(Instant.EPOCH)
            .setOwnerId("anna")
            .setFriendId(key.substring(5))
            .setVersion(version)
            .setChannel(Channel.NONE)
            .setAddress(null)
            .setLinkCodeHash(null)
            .setLinkCodeExpires(null)
            .build();
    producer.send(clients.events().record(Topics.FRIEND_CONTACT, key, contact)).get();
  }
}
