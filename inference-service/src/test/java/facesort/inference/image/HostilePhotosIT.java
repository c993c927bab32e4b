package facesort.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.image.HostilePhotos.Row;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hostile file gets its one answer, within its memory, and none burns a core. */
class HostilePhotosIT {
  /** The worst takes 0.9 s where it was measured; a bomb takes minutes on any machine. */
  private static final long CPU_MILLIS = 20_000;

  private static final long HANGS_AFTER_SECONDS = 300;
  private static final Taken DIED = new Taken("the process died", 0, 0);
  private static final Map<Integer, Taken> TAKEN = new HashMap<>();

  @TempDir static Path folder;

  private static List<Row> rows = List.of();

  /** What reading a file came to. */
  private record Taken(String answer, long mebibytes, long cpuMillis) {}

  @BeforeAll
  static void decodeAllInOneProcess() throws Exception {
    rows = HostilePhotos.writtenTo(folder);
    Process process = start();
    try (Stream<String> lines = process.inputReader().lines()) {
      lines.filter(line -> line.startsWith("answer ")).forEach(HostilePhotosIT::take);
    }
    assertThat(process.waitFor(HANGS_AFTER_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  static Stream<Arguments> files() {
    return IntStream.range(0, rows.size()).mapToObj(i -> Arguments.of(rows.get(i).name(), i));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void decode_answersWithinItsLimits(String name, int number) {
    Row row = rows.get(number);
    Taken taken = TAKEN.getOrDefault(number, DIED);

    assertThat(taken.answer()).as(name).isEqualTo(row.answer());
    assertThat(taken.mebibytes()).isLessThanOrEqualTo(row.mebibytes());
    assertThat(taken.cpuMillis()).isLessThanOrEqualTo(CPU_MILLIS);
  }

  private static void take(String line) {
    Scanner words = new Scanner(line).skip("answer ");
    TAKEN.put(words.nextInt(), new Taken(words.next(), words.nextLong(), words.nextLong()));
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-cp",
            System.getProperty("java.class.path"),
            HostileDecoding.class.getName(),
            folder.toString())
        .redirectError(Redirect.DISCARD)
        .start();
  }
}
