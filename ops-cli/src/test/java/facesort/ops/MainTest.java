package facesort.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

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
        .containsKeys("demo", "up", "down", "status", "test", "logs", "job", "friend", "version")
        .containsKeys("workers", "explain", "audit");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "owner\n"})
  void owner_thatIsNoId_isAUsageError(String owner) {
    CommandLine line = new CommandLine(Main.class);

    assertThatThrownBy(() -> line.parseArgs("job", "show", "JOB", "--owner", owner))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("--owner");
    assertThatThrownBy(() -> line.parseArgs("demo", "--owner", owner))
        .isInstanceOf(ParameterException.class);
  }

  @Test
  void photo_takesOneFile_soThatTheNameMayFollowIt() {
    List<String> names =
        new CommandLine(Main.class)
            .parseArgs("friend", "enroll", "--photo", "a.jpg", "--photo", "b.jpg", "Ann")
            .subcommand()
            .subcommand()
            .matchedPositionalValue(0, "")
            .lines()
            .toList();

    assertThat(names).containsExactly("Ann");
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .flatMap(child -> Stream.concat(Stream.of(child), below(child)));
  }
}
