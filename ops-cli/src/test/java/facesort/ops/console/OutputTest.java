package facesort.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputTest {
  private final ByteArrayOutputStream standard = new ByteArrayOutputStream();
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

  @Test
  void say_goesToStandardError_whenJsonIsWanted() {
    Output output = output(Format.JSON, false, Map.of());

    output.say("for people");
    output.result(Map.of("jobId", 1));

    assertThat(text(standard)).isEqualTo("{\"jobId\":1}\n");
    assertThat(text(error)).isEqualTo("for people\n");
  }

  @Test
  void result_writesSnakeCase() {
    record Answer(int startupSeconds) {}

    output(Format.JSON, false, Map.of()).result(new Answer(3));

    assertThat(text(standard)).isEqualTo("{\"startup_seconds\":3}\n");
  }

  @Test
  void result_printsNothing_whenATableIsWanted() {
    output(Format.TABLE, false, Map.of()).result(Map.of("a", 1));

    assertThat(text(standard)).isEmpty();
  }

  @Test
  void bold_isPlain_withoutATerminalOrWithNoColor() {
    assertThat(output(Format.TABLE, false, Map.of()).bold("x")).isEqualTo("x");
    assertThat(output(Format.TABLE, true, Map.of("NO_COLOR", "1")).bold("x")).isEqualTo("x");
    assertThat(output(Format.TABLE, true, Map.of("NO_COLOR", "")).bold("x"))
        .isEqualTo("\u001b[1mx\u001b[0m");
  }

  @Test
  void isTerminal_looksAtTheStreamForPeople() {
    assertThat(Output.isTerminal(Format.TABLE, "1", false)).isTrue();
    assertThat(Output.isTerminal(Format.TABLE, "2", true)).isFalse();
    assertThat(Output.isTerminal(Format.JSON, "2", false)).isTrue();
    assertThat(Output.isTerminal(Format.JSON, "1", true)).isFalse();
    assertThat(Output.isTerminal(Format.JSON, "12", false)).isTrue();
    assertThat(Output.isTerminal(Format.TABLE, "", true)).isFalse();
  }

  @Test
  void isTerminal_asksJava_forStandardOutputOnly_whenNobodyLooked() {
    assertThat(Output.isTerminal(Format.TABLE, null, true)).isTrue();
    assertThat(Output.isTerminal(Format.TABLE, null, false)).isFalse();
    assertThat(Output.isTerminal(Format.JSON, null, true)).isFalse();
  }

  @Test
  void table_alignsByTheWidestCell() {
    output(Format.TABLE, false, Map.of())
        .say(Table.of("photo", "who").row("a.jpg", "Ümit").row("long-name.jpg", "-"));

    assertThat(text(standard))
        .isEqualTo(
            """
            photo          who
            a.jpg          Ümit
            long-name.jpg  -
            """);
  }

  @Test
  void progress_printsPlainLinesOnce_withoutATerminal() {
    try (Progress progress = new Progress(output(Format.TABLE, false, Map.of()))) {
      progress.show("photos", 0, 15);
      progress.show("photos", 0, 15);
    }

    assertThat(text(standard)).isEqualTo("photos: 0 of 15\n");
  }

  @Test
  void progress_writesOverItsLine_onATerminal() {
    try (Progress progress = new Progress(output(Format.TABLE, true, Map.of()))) {
      progress.show("photos", 0, 15);
    }

    assertThat(text(standard)).isEqualTo("\r\u001b[2Kphotos: 0 of 15\r\u001b[2K");
  }

  @Test
  void rate_saysHowLongIsLeft() {
    assertThat(Progress.rate(0, 10, Duration.ofSeconds(2))).isEmpty();
    assertThat(Progress.rate(5, 5, Duration.ofSeconds(2))).isEqualTo(", 2.5 a second, 2 s left");
    assertThat(Progress.rate(10, 0, Duration.ofSeconds(2))).isEqualTo(", 5.0 a second");
    assertThat(Progress.rate(1, 99, Duration.ofSeconds(1)))
        .isEqualTo(", 1.0 a second, 1 min 39 s left");
  }

  private Output output(Format format, boolean terminal, Map<String, String> environment) {
    return new Output(
        new PrintStream(standard, true, StandardCharsets.UTF_8),
        new PrintStream(error, true, StandardCharsets.UTF_8),
        format,
        terminal,
        environment);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
