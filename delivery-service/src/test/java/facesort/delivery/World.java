package facesort.delivery;

import static org.awaitility.Awaitility.await;

import facesort.delivery.ledger.Matches;
import facesort.delivery.ledger.Matches.Found;
import facesort.local.StackAddresses;
import facesort.local.telegram.Receipt;
import facesort.local.telegram.TelegramControl;
import facesort.schemas.AvroCodec;
import facesort.schemas.Channel;
import facesort.schemas.CodecConfig;
import facesort.schemas.Consent;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.DeliveryDone;
import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchResult;
import facesort.schemas.ObjectRef;
import facesort.schemas.PartitionOffset;
import facesort.schemas.PhotoCounts;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.service.TopicFollower;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Everything around the delivery service: who writes to it, and what came out of it. */
final class World implements AutoCloseable {

  static final Duration SOON = Duration.ofSeconds(40);

  private static final Path IDS = Path.of("target", "world", "ids.json");

  private final StackAddresses stack;
  private final AvroCodec codec;
  private final KafkaClients clients;
  private final Events events;
  private final Producer<byte[], byte[]> producer;
  private final S3AsyncClient s3;
  private final ObjectStore store;
  private final TelegramControl telegram;
  private final TopicFollower<DeliveryDone> follower;
  private final List<DeliveryDone> done = new CopyOnWriteArrayList<>();

  World(StackAddresses stack) {
    this.stack = stack;
    var registry = URI.create(stack.registryUrl());
    codec =
        AvroCodec.open(
            new CodecConfig(
                registry, Duration.ofSeconds(5), IDS, IDS.resolveSibling("cache.json"), true));
    events = new Events(codec);
    clients = new KafkaClients(stack.bootstrapServers());
    try (var admin = clients.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    producer = KafkaClients.newProducer(clients.producer());
    s3 = new ServiceConfiguration().s3(settings(stack));
    store = new ObjectStore(s3, stack.bucket());
    telegram = new TelegramControl(stack.telegramUrl());
    follower =
        TopicFollower.start(
            Topics.DELIVERY_DONE,
            clients,
            events,
            event -> {
              if (event.value() != null) {
                done.add(event.value());
              }
            });
  }

  /** Settings of a service on the stack. */
  static ServiceSettings settings(StackAddresses stack) {
    return new ServiceSettings(
        0,
        new ServiceSettings.Kafka(stack.bootstrapServers()),
        new ServiceSettings.Registry(URI.create(stack.registryUrl()), IDS, IDS, true),
        new ServiceSettings.Storage(
            URI.create(stack.s3Endpoint()),
            stack.s3Region(),
            stack.s3AccessKey(),
            stack.s3SecretKey(),
            stack.bucket()));
  }

  TelegramControl telegram() {
    return telegram;
  }

  /** A job of a new owner. */
  Job job() {
    var id = UUID.randomUUID().toString().substring(0, 13);
    return new Job("owner-" + id, "job-" + id);
  }

  /** An event as its writer writes it. */
  <V extends SpecificRecord> RecordMetadata write(Topic<V> topic, String key, V event) {
    return send(topic, key, event);
  }

  private <V extends SpecificRecord> RecordMetadata send(
      Topic<V> topic, String key, @Nullable V event) {
    try {
      return producer
          .send(event == null ? events.tombstone(topic, key) : events.record(topic, key, event))
          .get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the friend's chat got, by file name, oldest first. */
  List<String> received(String chat) {
    return telegram.receipts().stream()
        .filter(receipt -> receipt.chat().equals(chat))
        .map(Receipt::filename)
        .map(String::valueOf)
        .toList();
  }

  /** Codes of the dead letters of a topic that have this key. */
  List<String> deadLetters(Topic<?> topic, String key) {
    var codes = new ArrayList<String>();
    try (var consumer = KafkaClients.newConsumer(clients.reader())) {
      var partitions =
          consumer.partitionsFor(topic.deadLetters()).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          if (Events.key(record).equals(key)) {
            var code = record.headers().lastHeader(DeadLetters.CODE).value();
            codes.add(new String(code, StandardCharsets.UTF_8));
          }
        }
      }
    }
    return codes;
  }

  /** One job, its friends and photos. */
  final class Job {
    private final String owner;
    private final String id;
    private final TreeMap<Integer, Long> upto = new TreeMap<>();
    private final List<MatchResult> matches = new ArrayList<>();

    private Job(String owner, String id) {
      this.owner = owner;
      this.id = id;
    }

    String id() {
      return id;
    }

    void friend(String friend, Channel channel, String address) {
      profile(friend, 1, true);
      contact(friend, 1, channel, address);
    }

    void profile(String friend, long version, boolean consent) {
      send(
          Topics.FRIEND_PROFILE,
          owner + "/" + friend,
          FriendProfile.newBuilder()
              .setEventId(owner + friend + version)
              .setOccurredAt(Instant.now())
              .setOwnerId(owner)
              .setFriendId(friend)
              .setVersion(version)
              .setName(friend)
              .setConsent(new Consent(consent, Instant.now(), "v1"))
              .build());
    }

    void contact(String friend, long version, Channel channel, @Nullable String address) {
      send(
          Topics.FRIEND_CONTACT,
          owner + "/" + friend,
          FriendContact.newBuilder()
              .setEventId(owner + friend + version)
              .setOccurredAt(Instant.now())
              .setOwnerId(owner)
              .setFriendId(friend)
              .setVersion(version)
              .setChannel(channel)
              .setAddress(address)
              .build());
    }

    /** Stores a photo and says who is on it. */
    void photo(int number, Found... found) {
      photo(number, Pictures.jpeg(number), found);
    }

    void photo(int number, byte[] bytes, Found... found) {
      var photo = "p%05d".formatted(number);
      var key = ObjectKeys.photo(owner, id, photo);
      var stored = store.put(key, bytes, "image/jpeg").blockOptional().orElseThrow();
      match(
          photo, number, new ObjectRef(stack.bucket(), key, stored.etag(), stored.length()), found);
    }

    /** Says who is on a photo of another owner, which no match may do. */
    void foreignPhoto(int number, Found... found) {
      var photo = "p%05d".formatted(number);
      var key = ObjectKeys.photo("somebody-else", id, photo);
      match(photo, number, new ObjectRef(stack.bucket(), key, null, 10L), found);
    }

    /** Says who is on a photo that is not there. */
    void missingPhoto(int number, Found... found) {
      var photo = "p%05d".formatted(number);
      var key = ObjectKeys.photo(owner, id, photo);
      match(photo, number, new ObjectRef(stack.bucket(), key, "abc", 10L), found);
    }

    private void match(String photo, int number, ObjectRef source, Found... found) {
      var match = Matches.match(owner, id, photo, number, source, found);
      matches.add(match);
      repeat(match);
    }

    /** Writes a match once more, as a writer that does not know whether it did. */
    void repeat(MatchResult match) {
      var at = send(Topics.MATCH_RESULT, match.getTaskId(), match);
      upto.merge(at.partition(), at.offset() + 1, Math::max);
    }

    List<MatchResult> matches() {
      return List.copyOf(matches);
    }

    void matched() {
      status(JobState.MATCHED, ReleasePolicy.AUTO);
    }

    void status(JobState state, ReleasePolicy policy) {
      status(state, policy, 0);
    }

    void status(JobState state, ReleasePolicy policy, int cleanups) {
      var barrier =
          upto.entrySet().stream()
              .map(entry -> new PartitionOffset(entry.getKey(), entry.getValue()))
              .toList();
      send(
          Topics.JOB_STATUS,
          id,
          JobStatus.newBuilder()
              .setEventId(id + state)
              .setOccurredAt(Instant.now())
              .setJobId(id)
              .setOwnerId(owner)
              .setName("test")
              .setState(state)
              .setRelease(policy)
              .setClosed(true)
              .setTotal(matches.size())
              .setPhotos(new PhotoCounts(0, 0, 0, 0, 0, 0, 0, 0))
              .setFaces(0)
              .setDeliveries(new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, 0, 0))
              .setCleanupRequests(cleanups)
              .setMatchUpto(state == JobState.RUNNING ? null : barrier)
              .build());
    }

    /** What was reported of this job, repeats included. */
    List<DeliveryDone> done() {
      return done.stream().filter(event -> event.getJobId().equals(id)).toList();
    }

    /** Waits until as many pairs are reported. */
    List<DeliveryDone> awaitDone(int pairs) {
      await()
          .atMost(SOON)
          .until(() -> done().stream().map(DeliveryDone::getEventId).distinct().count() >= pairs);
      return done();
    }

    /** Waits until a reported pair is as wanted. */
    void awaitDone(Predicate<DeliveryDone> wanted) {
      await().atMost(SOON).until(() -> done().stream().anyMatch(wanted));
    }

    /** Names of a friend's photos as they are sent by Telegram. */
    List<String> names(int... numbers) {
      var names = new ArrayList<String>();
      for (int number : numbers) {
        names.add("p%05d-p%05d.jpg".formatted(number, number));
      }
      return names;
    }
  }

  @Override
  public void close() {
    follower.close();
    producer.close();
    s3.close();
  }
}
