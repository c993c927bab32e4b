package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import facesort.schemas.UndecodableException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known without the registry, and what has to be asked. */
class SchemaIdsTest {

  private static final String OURS = AvroCodec.bundledText(Topics.CLEANUP).json();

  @TempDir private Path folder;
  private Path idsFile;
  private Path cacheFile;
  private final CountingRegistry registry = new CountingRegistry();

  @BeforeEach
  void files() {
    idsFile = folder.resolve("schema-ids.json");
    cacheFile = folder.resolve("cache").resolve("learned.json");
  }

  @Test
  void registeredSchema_needsNoRegistryToWriteOrRead() throws IOException {
    IdsFile.write(idsFile, Map.of("cleanup-value", List.of(new RegisteredSchema(1, 41, OURS))));
    registry.goesDown();

    var bytes = codec().encode(Topics.CLEANUP, Records.aCleanup());

    assertThat(bytes).startsWith(0, 0, 0, 0, 41);
    assertThat(codec().decode(Topics.CLEANUP, bytes)).isEqualTo(Records.aCleanup());
    assertThat(registry.calls()).isZero();
  }

  @Test
  void learnedId_outlivesTheProcessAndTheRegistry() {
    registry.holds(OURS);
    var bytes = codec().encode(Topics.CLEANUP, Records.aCleanup());
    registry.goesDown();

    assertThat(codec().encode(Topics.CLEANUP, Records.aCleanup())).isEqualTo(bytes);
    assertThat(codec().decode(Topics.CLEANUP, bytes)).isEqualTo(Records.aCleanup());
    assertThat(registry.calls()).isEqualTo(1);
  }

  @Test
  void learnedWriterSchema_isAskedForOnce() {
    registry.holds(OURS);
    var bytes = numberedAs(CountingRegistry.FIRST_ID);
    var reader = codec();

    reader.decode(Topics.CLEANUP, bytes);
    reader.decode(Topics.CLEANUP, bytes);
    codec().decode(Topics.CLEANUP, bytes);

    assertThat(registry.calls()).isEqualTo(1);
  }

  @Test
  void unknownId_isUndecodableOnlyWhenTheRegistrySaysSo() {
    assertThatExceptionOfType(UndecodableException.class)
        .isThrownBy(() -> codec().decode(Topics.CLEANUP, numberedAs(7)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA_ID));

    registry.goesDown();

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> codec().decode(Topics.CLEANUP, numberedAs(7)));
  }

  @Test
  void idThatIsNoAvro_isUndecodable() {
    registry.holds("syntax = \"proto3\";");

    assertThatExceptionOfType(UndecodableException.class)
        .isThrownBy(() -> codec().decode(Topics.CLEANUP, numberedAs(CountingRegistry.FIRST_ID)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_SCHEMA));
  }

  @Test
  void unregisteredSchema_isRegisteredOnlyWhenAsked() {
    assertThatIllegalStateException()
        .isThrownBy(() -> codec().encode(Topics.CLEANUP, Records.aCleanup()))
        .withMessageContaining("cleanup-value")
        .withMessageContaining("schemas register");

    var registering =
        AvroCodec.registering(SchemaIds.load(idsFile, cacheFile), registry)
            .encode(Topics.CLEANUP, Records.aCleanup());

    assertThat(registering).startsWith(0, 0, 0, 0, CountingRegistry.FIRST_ID);
  }

  @Test
  void olderVersion_isFoundByItsText() throws IOException {
    // A newer release registered a version we do not have; ours is still number 1.
    var newer = OURS.replace("Topic cleanup", "The topic cleanup");
    assertThat(newer).isNotEqualTo(OURS);
    var versions = List.of(new RegisteredSchema(1, 5, OURS), new RegisteredSchema(2, 9, newer));
    IdsFile.write(idsFile, Map.of("cleanup-value", versions));

    assertThat(codec().encode(Topics.CLEANUP, Records.aCleanup())).startsWith(0, 0, 0, 0, 5);
  }

  @Test
  void damagedFile_isNamed() throws IOException {
    Files.writeString(idsFile, "{\"subjects\":");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(this::codec)
        .withMessageContaining("schema-ids.json is no file of schema ids");
  }

  @Test
  void unwritableCache_doesNotStopTheCodec() throws IOException {
    registry.holds(OURS);
    Files.writeString(cacheFile.getParent(), "a file where a folder should be");

    assertThat(codec().encode(Topics.CLEANUP, Records.aCleanup()))
        .startsWith(0, 0, 0, 0, CountingRegistry.FIRST_ID);
  }

  private AvroCodec codec() {
    return new AvroCodec(SchemaIds.load(idsFile, cacheFile), registry);
  }

  private static byte[] numberedAs(int id) {
    var codec = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
    var bytes = codec.encode(Topics.CLEANUP, Records.aCleanup());
    System.arraycopy(Frame.header(id), 0, bytes, 0, Frame.LENGTH);
    return bytes;
  }
}
