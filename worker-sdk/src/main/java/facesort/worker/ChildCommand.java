package facesort.worker;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The command that starts the same program as a child. */
final class ChildCommand {
  /** What would make two processes fight: agents and their ports, files with fixed names. */
  private static final List<String> NOT_INHERITED =
      List.of(
          "-agentlib",
          "-agentpath",
          "-javaagent",
          "-Xrunjdwp",
          "-Xlog",
          "-Dcom.sun.management.jmxremote",
          "-XX:OnError",
          "-XX:OnOutOfMemoryError");

  /**
   * Standard output is anybody's to print to, native code included; answers have a way of their
   * own.
   */
  private static final List<String> WITH_ANSWERS_APART =
      List.of("/bin/sh", "-c", "exec \"$@\" 3>&1 1>&2", "child");

  private ChildCommand() {}

  static List<String> of(Class<?> main, String role) {
    List<String> command = new ArrayList<>(WITH_ANSWERS_APART);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (NOT_INHERITED.stream().noneMatch(argument::startsWith)) {
        command.add(argument);
      }
    }
    // A JVM that dies writes about it, on stdout unless told otherwise.
    command.add("-XX:+DisplayVMOutputToStderr");
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-cp");
    command.add(classPath());
    command.add(main.getName());
    command.add(WorkerProgram.CHILD);
    command.add("--role=" + role);
    return command;
  }

  /** Absolute, so that nothing depends on the working directory. */
  private static String classPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
