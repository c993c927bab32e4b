package facesort.ops.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommandRunTest {
  private final StringWriter error = new StringWriter();

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void execute_answersTheFailuresCode(ExitCode code) {
    assertThat(run(() -> fail(new CommandException(code, "broken")))).isEqualTo(code.code());
  }

  @Test
  void execute_printsOneLine_forAKnownFailure() {
    run(() -> fail(CommandException.usage("no such folder: x")));

    assertThat(error).hasToString("facesort: no such folder: x\n");
  }

  @Test
  void execute_showsTheStack_onlyWithVerbose() {
    int code = run(() -> fail(CommandException.usage("broken")), "--verbose");

    assertThat(code).isEqualTo(2);
    assertThat(error.toString()).contains("facesort: broken\n", "\tat facesort.ops");
  }

  @Test
  void execute_namesWhatIsUnexpected() {
    int code = run(() -> fail(new IllegalStateException("odd")));

    assertThat(code).isEqualTo(1);
    assertThat(error.toString().lines())
        .hasSize(1)
        .first()
        .asString()
        .contains("unexpected", "odd");
  }

  @Test
  void execute_answersUsage_forAnUnknownOption() {
    assertThat(run(() -> 0, "--nonsense")).isEqualTo(ExitCode.USAGE.code());
    assertThat(error.toString()).startsWith("facesort: Unknown option: '--nonsense'");
  }

  @Test
  void exitCodes_areTheDocumentedOnes() {
    assertThat(ExitCode.values()).extracting(ExitCode::code).containsExactly(0, 1, 2, 2, 3, 4, 69);
  }

  @Test
  void data_isNamedByTheEnvironment_elseBelowTheProject() {
    assertThat(CommonOptions.data(Map.of("FACESORT_DATA", "/d", "FACESORT_HOME", "/h")))
        .isEqualTo(Path.of("/d"));
    assertThat(CommonOptions.data(Map.of("FACESORT_HOME", "/h")))
        .isEqualTo(Path.of("/h/.facesort"));
  }

  private int run(Callable<Integer> action, String... arguments) {
    CommandLine line = CommandRun.line(new Probe(action));
    return line.setErr(new PrintWriter(error, true)).execute(arguments);
  }

  private static int fail(RuntimeException failure) {
    throw failure;
  }

  @Command(name = "probe")
  private static final class Probe implements Callable<Integer> {
    @Mixin private final CommonOptions common = new CommonOptions();
    private final Callable<Integer> action;

    Probe(Callable<Integer> action) {
      this.action = action;
    }

    @Override
    public Integer call() throws Exception {
      common.output();
      return action.call();
    }
  }
}
