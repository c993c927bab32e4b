package facesort.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {

  static List<CommandLine> commands() {
    return below(new CommandLine(Main.class)).toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEachCommand_hasExamples(CommandLine command) {
    assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
        .contains("Example", "  facesort ")
        .contains("--help");
  }

  @Test
  void commands_areTheDocumentedOnes() {
    assertThat(new CommandLine(Main.class).getSubcommands())
        .containsKeys("demo", "up", "down", "status", "test", "logs", "job", "friend", "version");
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .flatMap(child -> Stream.concat(Stream.of(child), below(child)));
  }
}
