package facesort.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolIT {

  private static final int PART = 100;
  private static final int ALL = 150;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  @Test
  void accept_keepsASmallPartInMemory() {
    var assembly = assembly(new Spool(directory, PART, ALL));

    var part = received(assembly, "photos", 60, 40);

    assertThat(part.content()).isInstanceOf(Content.InMemory.class);
    assertThat(part.length()).isEqualTo(100);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void accept_movesALargerPartToAFile() throws IOException {
    var assembly = assembly(new Spool(directory, PART, ALL));

    var part = received(assembly, "photos", 60, 41);

    assertThat(part.content()).isInstanceOf(Content.InFile.class);
    assertThat(part.bytes()).hasSize(101).containsOnly('x');
    assertThat(part.sha256()).isEqualTo(Sha256.of("x".repeat(101)));
  }

  @Test
  void accept_usesAFileWhenAllMemoryIsTaken() {
    var spool = new Spool(directory, PART, ALL);
    var first = received(assembly(spool), "photos", 90);

    var second = received(assembly(spool), "photos", 61);

    assertThat(first.content()).isInstanceOf(Content.InMemory.class);
    assertThat(second.content()).isInstanceOf(Content.InFile.class);
    assertThat(spool.inMemory()).isEqualTo(90);
  }

  @Test
  void accept_dropsWhatIsLongerThanAskedForButCountsAndHashesAllOfIt() {
    var spool = new Spool(directory, PART, ALL);
    var assembly = new PartAssembly(spool, _ -> 200);

    var part = received(assembly, "photos", 150, 51, 10);

    assertThat(part.isDropped()).isTrue();
    assertThat(part.length()).isEqualTo(211);
    assertThat(part.sha256()).isEqualTo(Sha256.of("x".repeat(211)));
    assertThat(directory).isEmptyDirectory();
    assertThat(spool.inMemory()).isZero();
  }

  @Test
  void accept_givesThePartBackWhenTheNextBegins() {
    var spool = new Spool(directory, PART, ALL);
    var assembly = assembly(spool);
    received(assembly, "photos", 120);

    var second = received(assembly, "photos", 30);

    assertThat(second.length()).isEqualTo(30);
    assertThat(directory).isEmptyDirectory();
    assertThat(spool.inMemory()).isEqualTo(30);
  }

  @Test
  void close_givesEverythingBackInTheMiddleOfAPart() {
    var spool = new Spool(directory, PART, ALL);
    var assembly = assembly(spool);
    var unused = assembly.accept(chunk("photos", 120, false));

    assembly.close();

    assertThat(unused).isEmpty();
    assertThat(directory).isEmptyDirectory();
    assertThat(spool.inMemory()).isZero();
    assertThat(assembly.accept(chunk("photos", 5, true))).isEmpty();
  }

  @Test
  void newSpool_removesWhatACrashLeftAndNothingElse() throws IOException {
    Files.writeString(directory.resolve("part-17.tmp"), "left");
    Files.writeString(directory.resolve("other.txt"), "not ours");

    var unused = new Spool(directory, PART, ALL);

    assertThat(unused.inMemory()).isZero();
    assertThat(directory).isDirectoryNotContaining("glob:**/part-*");
    assertThat(directory.resolve("other.txt")).exists();
  }

  @Test
  void newSpool_saysWhichSettingIsWrong() throws IOException {
    var file = Files.writeString(directory.resolve("file"), "no directory");

    Assertions.assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> new Spool(file, PART, ALL))
        .withMessageContaining("facesort.ingest.spool-dir");
  }

  private static PartAssembly assembly(Spool spool) {
    return new PartAssembly(spool, _ -> 1000);
  }

  private static ReceivedPart received(PartAssembly assembly, String name, int... chunks) {
    for (int i = 0; i < chunks.length; i++) {
      var part = assembly.accept(chunk(name, chunks[i], i == chunks.length - 1));
      if (part.isPresent()) {
        return part.get();
      }
    }
    return Objects.requireNonNull(null, "the part did not end");
  }

  private static PartChunk chunk(String name, int length, boolean last) {
    var bytes = new byte[length];
    Arrays.fill(bytes, "x".getBytes(StandardCharsets.US_ASCII)[0]);
    return new PartChunk(name, "a.jpg", bytes, last);
  }
}
