package facesort.e2e.journey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** SIGKILL for a launcher and for every process that works on its data folder. */
final class KillAll {

  private KillAll() {}

  /** Kills the launcher first, so that it restarts nothing, then all the others; waits for it. */
  static void of(FacesortCommand facesort, Process launcher) {
    launcher.destroyForcibly();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          naming(facesort.data()).forEach(ProcessHandle::destroyForcibly);
          return naming(facesort.data()).findAny().isEmpty();
        });
  }

  /** Command lines of the processes that have the folder in their command line or environment. */
  static Set<String> commandsNaming(Path folder) {
    return naming(folder)
        .map(process -> process.info().commandLine().orElse("?"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<ProcessHandle> naming(Path folder) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process ->
            read(process, "cmdline").contains(folder.toString())
                || read(process, "environ").contains(folder.toString()));
  }

  private static String read(ProcessHandle process, String file) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // The process has ended in the meantime.
      return "";
    }
  }
}
