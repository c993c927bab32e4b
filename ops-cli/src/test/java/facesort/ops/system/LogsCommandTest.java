package facesort.ops.system;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.console.CommandRun;
import facesort.ops.console.ExitCode;
import org.junit.jupiter.api.Test;

class LogsCommandTest {
  @Test
  void json_leavesJsonAsItIs_andWrapsTheRest() {
    assertThat(LogsCommand.json("{\"a\": 1}")).isEqualTo("{\"a\": 1}");
    assertThat(LogsCommand.json("INFO \"x\"")).isEqualTo("{\"line\":\"INFO \\\"x\\\"\"}");
    assertThat(LogsCommand.json("")).isEqualTo("{\"line\":\"\"}");
    assertThat(LogsCommand.json("{} and more")).isEqualTo("{\"line\":\"{} and more\"}");
  }

  @Test
  void lines_belowZero_areAUsageError() {
    assertThat(CommandRun.of(new LogsCommand(), "detect", "-n", "-1"))
        .isEqualTo(ExitCode.USAGE.code());
  }
}
