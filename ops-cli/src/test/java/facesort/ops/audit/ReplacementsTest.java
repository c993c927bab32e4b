package facesort.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplacementsTest {
  @Test
  void of_readsTheCopyInPlaceOfTheTopic() {
    Replacements replacements =
        Replacements.of(List.of("match.result=copy", "task.queued-dlt=letters"));

    assertThat(replacements.of("match.result")).isEqualTo("copy");
    assertThat(replacements.of("task.queued-dlt")).isEqualTo("letters");
    assertThat(replacements.of("task.queued")).isEqualTo("task.queued");
  }

  @ParameterizedTest
  @ValueSource(strings = {"match.result", "=copy", "match.result=", "cleanup=copy", "no.such=x"})
  void of_refusesWhatNobodyReads(String pair) {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> Replacements.of(List.of(pair)))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE));
  }
}
