package facesort.e2e.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.RegistryClient;
import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.SchemaRegistration;
import facesort.schemas.SchemaRegistration.Verdict;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code schemas register} against the real registry, and what its file is good for. */
@ExtendWith(LocalStackExtension.class)
class SchemaRegistrationIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private Path idsFile;
  private RegistryClient registry;
  private SchemaRegistration registration;

  @BeforeEach
  void register(StackAddresses addresses) throws IOException {
    idsFile = folder.resolve("schema-ids.json");
    registry = new RegistryClient(URI.create(addresses.registryUrl()), TIMEOUT);
    registration = new SchemaRegistration(registry);
    assertThat(registration.register(idsFile))
        .hasSize(Topics.ALL.size())
        .allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Compatible.class));
  }

  @Test
  void secondRegistration_changesNothing() throws IOException {
    var ids = Files.readString(idsFile);
    var versions = registration.check();

    registration.register(idsFile);

    assertThat(idsFile).hasContent(ids);
    assertThat(registration.check()).isEqualTo(versions);
  }

  @Test
  void registry_refusesAnIncompatibleVersionFromNowOn() {
    var other =
        """
        {"type": "record", "name": "Cleanup", "namespace": "facesort.schemas",
         "fields": [{"name": "needed", "type": "string"}]}
        """;

    assertThatIllegalStateException()
        .isThrownBy(() -> registry.register(AvroCodec.subject(Topics.CLEANUP), other))
        .withMessageContaining("refuses");
  }

  @Test
  void outage_stopsNoSchemaOfTheFile() throws IOException {
    var codec = AvroCodec.open(config(closedPort(), idsFile));

    for (var topic : Topics.ALL) {
      assertComesBack(codec, topic);
    }
  }

  @Test
  void outage_isRetryableForAnUnknownId() throws IOException {
    var known = AvroCodec.open(config(closedPort(), idsFile));
    var ignorant = AvroCodec.open(config(closedPort(), folder.resolve("absent.json")));
    var bytes = known.encode(Topics.CLEANUP, AnyRecord.FULL.of(Topics.CLEANUP.type()));

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> ignorant.decode(Topics.CLEANUP, bytes));
  }

  private static <V extends SpecificRecord> void assertComesBack(AvroCodec codec, Topic<V> topic)
      throws IOException {
    var record = AnyRecord.FULL.of(topic.type());

    assertThat(codec.decode(topic, codec.encode(topic, record))).isEqualTo(record);
  }

  private CodecConfig config(URI address, Path ids) {
    return new CodecConfig(address, TIMEOUT, ids, folder.resolve("learned.json"), false);
  }

  private static URI closedPort() throws IOException {
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:" + closed.getLocalPort());
    }
  }
}
