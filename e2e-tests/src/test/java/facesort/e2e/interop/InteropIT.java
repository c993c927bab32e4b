package facesort.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of record goes through the real broker and registry to another client, which decodes
 * it and writes it anew, and comes back the same.
 */
@ExtendWith(LocalStackExtension.class)
class InteropIT {

  private static final Path MODULE = Path.of("").toAbsolutePath();

  /** The records of the contract on topics of our own, one partition each. */
  private static final List<Topic<?>> TOPICS =
      Topics.ALL.stream().<Topic<?>>map(InteropIT::withOtherName).toList();

  private static StackAddresses addresses;
  private static AvroCodec codec;

  @BeforeAll
  static void writeRecords(StackAddresses stackAddresses, @TempDir Path folder) throws Exception {
    addresses = stackAddresses;
    codec =
        AvroCodec.open(
            new CodecConfig(
                URI.create(addresses.registryUrl()),
                Duration.ofSeconds(10),
                folder.resolve("none.json"),
                folder.resolve("learned.json"),
                true));
    try (var admin = Admin.create(kafka())) {
      admin
          .createTopics(names().map(name -> new NewTopic(name, 1, (short) 1)).toList())
          .all()
          .get();
    }
    for (var topic : TOPICS) {
      writeBoth(topic);
    }
  }

  @AfterAll
  static void removeTopics() throws Exception {
    try (var admin = Admin.create(kafka())) {
      admin.deleteTopics(names().toList()).all().get();
    }
  }

  @Test
  void apicurioSerde_readsOurRecordsAndWeReadItsOwn() throws Exception {
    var home = MODULE.resolve("apicurio-client").resolve("target");
    assertThat(home.resolve("lib"))
        .as("built by mvn -pl e2e-tests/apicurio-client package")
        .exists();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = home.resolve("classes") + File.pathSeparator + home.resolve("lib").resolve("*");
    var registry = addresses.registryUrl().replace("/ccompat/v7", "/registry/v3");
    var command =
        List.of(
            java,
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            "facesort.e2e.apicurio.ApicurioEcho",
            addresses.bootstrapServers(),
            registry);

    var echoed = new OtherProcess(MODULE, with(command, names().toList())).lastLine();

    assertThat(echoed).isEqualTo(String.valueOf(2 * TOPICS.size()));
    for (var topic : TOPICS) {
      assertThat(read(topic, "apicurio")).as(topic.name()).isEqualTo(both(topic));
    }
  }

  @Test
  void npmClient_readsOurRecordsAndWeReadItsOwn() throws Exception {
    var folder = NodePackages.install(MODULE.resolve("interop-node"), MODULE.resolve("target"));
    var command =
        List.of("node", "echo.js", addresses.bootstrapServers(), addresses.registryUrl(), "2");

    var echoed = new OtherProcess(folder, with(command, names().toList())).lastLine();

    assertThat(echoed).isEqualTo(String.valueOf(2 * TOPICS.size()));
    for (var topic : TOPICS) {
      assertThat(read(topic, "node")).as(topic.name()).isEqualTo(both(topic));
    }
  }

  private static <V extends SpecificRecord> void writeBoth(Topic<V> topic) throws Exception {
    var values = codec.serializer(topic);
    try (var producer = new KafkaProducer<>(kafka(), new StringSerializer(), values)) {
      for (var kind : AnyRecord.values()) {
        producer.send(new ProducerRecord<>(topic.name(), "facesort", kind.of(topic.type()))).get();
      }
    }
  }

  private static List<SpecificRecord> both(Topic<?> topic) throws IOException {
    var both = new ArrayList<SpecificRecord>();
    for (var kind : AnyRecord.values()) {
      both.add(kind.of(topic.type()));
    }
    return both;
  }

  private static <V extends SpecificRecord> List<SpecificRecord> read(Topic<V> topic, String key) {
    var records = new ArrayList<SpecificRecord>();
    var partition = new TopicPartition(topic.name(), 0);
    var values = codec.deserializer(topic);
    try (var consumer = new KafkaConsumer<>(kafka(), new StringDeserializer(), values)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).records(partition).stream()
            .filter(record -> record.key().equals(key))
            .forEach(record -> records.add(record.value()));
      }
    }
    return records;
  }

  private static Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", addresses.bootstrapServers());
  }

  private static Stream<String> names() {
    return TOPICS.stream().map(Topic::name);
  }

  private static <V extends SpecificRecord> Topic<V> withOtherName(Topic<V> topic) {
    return new Topic<>(
        "interop." + topic.name(),
        topic.type(),
        topic.key(),
        1,
        topic.retention(),
        topic.compacted());
  }

  private static List<String> with(List<String> command, List<String> arguments) {
    return Stream.concat(command.stream(), arguments.stream()).toList();
  }
}
