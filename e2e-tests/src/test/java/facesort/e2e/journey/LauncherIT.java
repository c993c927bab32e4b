package facesort.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.ProjectHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script on machines where something is missing: one line says what. */
class LauncherIT {

  /** What the script uses besides bash itself; the test's machine has no other commands. */
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cut",
          "dirname",
          "find",
          "flock",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "sed",
          "tail",
          "tee",
          "touch",
          "tr",
          "uname");

  @TempDir private Path machine;
  private Path bin;
  private Path home;

  @BeforeEach
  void emptyMachine() throws IOException {
    bin = Files.createDirectories(machine.resolve("bin"));
    home = Files.createDirectories(machine.resolve("home"));
    for (var tool : TOOLS) {
      command(tool, "exec %s \"$@\"".formatted(commandOnPath(tool)));
    }
    Files.copy(ProjectHome.find().path().resolve("facesort"), home.resolve("facesort"));
  }

  @Test
  void otherSystem_isNotSupportedYet() throws Exception {
    Files.delete(bin.resolve("uname"));
    command("uname", "[ \"$1\" = -s ] && echo Darwin || echo arm64");

    assertThat(facesort("demo"))
        .isEqualTo(
            new Answer(
                1, "facesort: only Linux on x86-64 is supported yet, not Darwin on arm64\n"));
  }

  @Test
  void jdkOfAnotherVersion_isRefusedByItsPath() throws Exception {
    var old = Files.createDirectories(machine.resolve("jdk-17"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.9\"\n");

    assertThat(facesort(Map.of("FACESORT_JAVA_HOME", old.toString()), "demo"))
        .isEqualTo(new Answer(1, "facesort: FACESORT_JAVA_HOME is no JDK 25: " + old + "\n"));
  }

  @Test
  void noMaven_isSaidByBuildAndByTest() throws Exception {
    var answer =
        new Answer(
            1, "facesort: Maven is missing: install Maven 3.8 or newer, or set MAVEN_HOME\n");

    assertThat(facesort("demo")).isEqualTo(answer);
    assertThat(facesort("test")).isEqualTo(answer);
  }

  @Test
  void noNpm_isSaidBeforeTheBuild() throws Exception {
    command("mvn", "echo built anyway");

    assertThat(facesort("demo"))
        .isEqualTo(
            new Answer(
                1,
                "facesort: npm is missing: install Node.js with npm; the models come from npm"
                    + " packages\n"));
  }

  @Test
  void failedBuild_showsItsErrorsAndWhereTheLogIs() throws Exception {
    command("npm", "exit 0");
    command("mvn", "echo '[ERROR] no room left'; exit 1");
    var log = home.toRealPath().resolve("target/build.log");

    assertThat(facesort("demo"))
        .isEqualTo(
            new Answer(
                1,
                "facesort: sources are newer than the build, building (the log is %s)\n"
                        .formatted(log)
                    + "[ERROR] no room left\n"
                    + "facesort: the build failed; the whole log is %s\n".formatted(log)));
  }

  @Test
  void test_givesMavensVerdict() throws Exception {
    command("mvn", "echo \"$@\"; exit 3");

    assertThat(facesort("test", "--all")).isEqualTo(new Answer(3, "verify -Dall\n"));
    assertThat(facesort("test")).isEqualTo(new Answer(3, "verify\n"));
  }

  @Test
  void names_areUtf8AlsoWithoutALocale() throws Exception {
    command("mvn", "echo \"${LC_ALL:-} ${LANG:-}\"");

    assertThat(facesort("test")).isEqualTo(new Answer(0, "C.UTF-8 \n"));
    var german =
        Map.of("LANG", "de_DE.utf8", "FACESORT_JAVA_HOME", System.getProperty("java.home"));
    assertThat(facesort(german, "test")).isEqualTo(new Answer(0, " de_DE.utf8\n"));
  }

  @Test
  void test_refusesAnOptionItDoesNotKnow() throws Exception {
    assertThat(facesort("test", "--al"))
        .isEqualTo(new Answer(2, "facesort: test knows only --all, not --al\n"));
  }

  private record Answer(int exitCode, String printed) {}

  private Answer facesort(String... arguments) throws Exception {
    return facesort(Map.of("FACESORT_JAVA_HOME", System.getProperty("java.home")), arguments);
  }

  private Answer facesort(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(home.resolve("facesort").toString()));
    command.addAll(List.of(arguments));
    var printed = machine.resolve("printed.txt");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", machine.toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended by itself").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Answer(process.exitValue(), Files.readString(printed));
  }

  private void command(String name, String script) throws IOException {
    var file = Files.writeString(bin.resolve(name), "#!" + commandOnPath("bash") + "\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static Path commandOnPath(String name) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }
}
