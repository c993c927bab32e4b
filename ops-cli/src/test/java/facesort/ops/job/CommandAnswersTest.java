package facesort.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.api.CommandGiven;
import facesort.ops.api.Job.CommandAnswer;
import facesort.ops.console.Format;
import facesort.ops.console.Output;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandAnswersTest {
  private final Output output = Output.of(Format.JSON);

  @Test
  void line_saysWhatTheCommandDid() {
    assertThat(line("CANCEL", "ACCEPTED", null, "7 of 9 photos were not finished"))
        .isEqualTo("CANCEL job: accepted, run 1: 7 of 9 photos were not finished");
    assertThat(line("RESUME", "ACCEPTED", null, null))
        .isEqualTo("RESUME job: accepted, run 1: 7 photos");
  }

  @Test
  void line_saysWhyTheJobRefused() {
    assertThat(line("RETRY", "REFUSED", "NOTHING_SELECTED", "no photo fits"))
        .isEqualTo("RETRY job: refused NOTHING_SELECTED: no photo fits");
  }

  private String line(
      String command, String answer, @Nullable String code, @Nullable String message) {
    return CommandAnswers.line(
        output,
        new CommandGiven("job", "event", command),
        new CommandAnswer("event", command, answer, code, 1, 7, message));
  }
}
