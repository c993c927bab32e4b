package facesort.inference;

import facesort.local.StackAddresses;
import facesort.local.assets.Assets;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.worker.WorkerProgram;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.ConfigurableApplicationContext;

/** The stack as tests of this service use it: topics, records in, records out, running roles. */
public final class TestStack implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final StackAddresses addresses;
  private final Path folder;
  private final KafkaClients clients;
  private final Events events;
  private final Producer<byte[], byte[]> producer;
  private final List<ConfigurableApplicationContext> running = new ArrayList<>();

  /** Creates the topics; keeps files in the folder. */
  public TestStack(StackAddresses addresses, Path folder)
      throws ExecutionException, InterruptedException {
    this.addresses = addresses;
    this.folder = folder;
    this.clients = new KafkaClients(addresses.bootstrapServers());
    this.events =
        new Events(
            AvroCodec.open(
                new CodecConfig(
                    URI.create(addresses.registryUrl()),
                    Duration.ofSeconds(5),
                    folder.resolve("ids.json"),
                    folder.resolve("cache.json"),
                    true)));
    this.producer = KafkaClients.newProducer(clients.producer());
    try (Admin admin = clients.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    }
  }

  /** Starts a role as a process would start. */
  public ConfigurableApplicationContext start(String role) {
    return start(role, addresses.s3Endpoint());
  }

  /** Starts a role that finds the bucket at another address. */
  public ConfigurableApplicationContext start(String role, String storage) {
    return start(InferenceApplication.PROGRAM, role, storage);
  }

  /** Starts a role of another program. */
  public ConfigurableApplicationContext start(WorkerProgram program, String role) {
    return start(program, role, addresses.s3Endpoint());
  }

  private ConfigurableApplicationContext start(WorkerProgram program, String role, String storage) {
    ConfigurableApplicationContext context =
        program.start(
            Stream.concat(Stream.of("--role", role), settings(storage)).toArray(String[]::new));
    running.add(context);
    return context;
  }

  private Stream<String> settings(String storage) {
    return Stream.of(
            "kafka.bootstrap-servers=" + addresses.bootstrapServers(),
            "registry.url=" + addresses.registryUrl(),
            "registry.ids-file=" + folder.resolve("ids.json"),
            "registry.cache-file=" + folder.resolve("cache.json"),
            "registry.auto-register=true",
            "storage.endpoint=" + storage,
            "storage.access-key=" + addresses.s3AccessKey(),
            "storage.secret-key=" + addresses.s3SecretKey(),
            "storage.bucket=" + addresses.bucket(),
            "models.dir=" + Assets.models(),
            "models.cache=" + folder.resolve("models"))
        .map(setting -> "--facesort." + setting);
  }

  /** Returns what makes Kafka clients for this stack. */
  public KafkaClients clients() {
    return clients;
  }

  /** Returns what reads and writes events. */
  public Events events() {
    return events;
  }

  /** Writes an event. */
  public <V extends SpecificRecord> void send(Topic<V> topic, String key, V event) {
    send(events.record(topic, key, event));
  }

  /** Writes a record and waits for the broker's word. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("Cannot write to " + record.topic(), e);
    }
  }

  /** Returns the committed events of a topic that are wanted, as soon as there are that many. */
  public <V extends SpecificRecord> List<V> await(Topic<V> topic, int count, Predicate<V> wanted) {
    return records(topic.name(), count, record -> wanted.test(events.read(topic, record))).stream()
        .map(record -> events.read(topic, record))
        .toList();
  }

  /** Returns the committed records of a topic that are wanted, as soon as there are that many. */
  public List<ConsumerRecord<byte[], byte[]>> records(
      String topic, int count, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = KafkaClients.newConsumer(clients.reader())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Instant limit = Instant.now().plus(LIMIT);
      while (found.size() < count && Instant.now().isBefore(limit)) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> addIfWanted(r, wanted, found));
      }
      // What is committed already is looked at to the end: too many is as wrong as too few.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(Duration.ofMillis(100)).forEach(r -> addIfWanted(r, wanted, found));
      }
    }
    return found;
  }

  private static void addIfWanted(
      ConsumerRecord<byte[], byte[]> record,
      Predicate<ConsumerRecord<byte[], byte[]>> wanted,
      List<ConsumerRecord<byte[], byte[]>> found) {
    if (wanted.test(record)) {
      found.add(record);
    }
  }

  @Override
  public void close() {
    running.reversed().forEach(ConfigurableApplicationContext::close);
    producer.close();
  }
}
