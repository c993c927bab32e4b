package facesort.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailIT {
  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void name() {
    log = folder.resolve("a.log");
  }

  @Test
  void last_readsLinesAcrossBlocks() throws IOException {
    Files.writeString(
        log,
        IntStream.range(0, 30_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()));

    assertThat(LogTail.last(log, 2).lines()).containsExactly("line 29998", "line 29999");
    assertThat(LogTail.last(log, 20_000).lines()).hasSize(20_000).startsWith("line 10000");
    assertThat(LogTail.last(log, 40_000).lines()).hasSize(30_000).startsWith("line 0");
    assertThat(LogTail.last(log, 0).lines()).isEmpty();
  }

  @Test
  void last_replacesWhatIsNoUtf8() throws IOException {
    Files.write(log, "a\u00ffb\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(LogTail.last(log, 1).lines()).containsExactly("a\ufffdb");
  }

  @Test
  void from_waitsForTheEndOfALine_andBeginsAnewWithTheFile() throws IOException {
    Files.writeString(log, "one\ntw");
    LogTail first = LogTail.from(log, 0);
    Files.writeString(log, "o\n", StandardOpenOption.APPEND);
    LogTail second = LogTail.from(log, first.end());
    Files.writeString(log, "new\n");

    assertThat(first.lines()).containsExactly("one");
    assertThat(second.lines()).containsExactly("two");
    assertThat(LogTail.from(log, second.end()).lines()).containsExactly("new");
  }
}
