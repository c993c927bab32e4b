package facesort.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressReportTest {
  @Test
  void bar_isAsLongForEveryWhole() {
    assertThat(ProgressReport.bar(0, 10)).isEqualTo(".".repeat(30));
    assertThat(ProgressReport.bar(5, 10)).isEqualTo("#".repeat(15) + ".".repeat(15));
    assertThat(ProgressReport.bar(11, 10)).isEqualTo("#".repeat(30));
    assertThat(ProgressReport.bar(0, 0)).isEqualTo(".".repeat(30));
    assertThat(ProgressReport.bar(3_000_000_000L, 6_000_000_000L)).startsWith("#".repeat(15) + ".");
  }

  @Test
  void millis_areReadable() {
    assertThat(ProgressReport.millis(null)).isEqualTo("-");
    assertThat(ProgressReport.millis(12.4)).isEqualTo("12 ms");
    assertThat(ProgressReport.millis(2_340.0)).isEqualTo("2.3 s");
  }
}
