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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class TopicFollowerIT {

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
