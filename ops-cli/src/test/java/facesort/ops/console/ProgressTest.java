package facesort.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private long nanos;
  private final Progress progress =
      new Progress(
          new Output(
              new PrintStream(printed, true, StandardCharsets.UTF_8),
              System.err,
              Format.TABLE,
              false,
              Map.of()),
          () -> nanos);

  @Test
  void show_countsTheRateFromWhatWasDoneWhenFirstSeen() {
    progress.show("photos", 500, 1000);
    after(10);
    progress.show("photos", 520, 1000);

    assertThat(lines())
        .containsExactly(
            "photos: 500 of 1000", "photos: 520 of 1000, 2.0 a second, 4 min 00 s left");
  }

  @Test
  void show_beginsAnew_whenOtherWorkIsShown() {
    progress.show("photos", 0, 10);
    after(100);
    progress.show("deliveries", 5, 20);
    after(5);
    progress.show("deliveries", 10, 20);

    assertThat(lines())
        .containsExactly(
            "photos: 0 of 10",
            "deliveries: 5 of 20",
            "deliveries: 10 of 20, 1.0 a second, 10 s left");
  }

  @Test
  void show_namesNoTotal_whileItIsNotKnown() {
    progress.show("photos", 0, 0);

    assertThat(lines()).containsExactly("photos: 0");
  }

  private void after(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
