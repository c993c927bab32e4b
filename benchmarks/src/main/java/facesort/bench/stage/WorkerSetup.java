package facesort.bench.stage;

import facesort.bench.stack.BenchStack;
import facesort.local.JavaCommand;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.worker.kit.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Workers of one service, with topics of their own.
 *
 * @param service their name; no two setups of a run share one
 * @param role what they do
 * @param batch most records in one transaction
 * @param marks folder of their {@link Marks}
 */
public record WorkerSetup(BenchStack stack, String service, String role, int batch, Path marks) {
  private static final int HEAP_MEBIBYTES = 384;

  /** Creates the topics and the folder. */
  public static WorkerSetup create(BenchStack stack, String service, String role, int batch) {
    try {
      Path marks = Files.createDirectories(stack.folder().resolve("marks-" + service));
      WorkerSetup setup = new WorkerSetup(stack, service, role, batch, marks);
      stack.create(List.of(setup.in(), setup.interactive(), setup.out()));
      return setup;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What they read. */
  public Topic<TaskQueued> in() {
    return BenchStack.topic(service + ".in");
  }

  /** What they read first, in roles that have two lanes. */
  public Topic<TaskQueued> interactive() {
    return BenchStack.topic(service + ".interactive");
  }

  /** Where they answer. */
  public Topic<TaskQueued> out() {
    return BenchStack.topic(service + ".out");
  }

  /** Starts a worker in a slot; returns at once. */
  public WorkerProcess start(int slot) {
    String prefix = service + "-" + slot;
    Map<String, String> variables = new HashMap<>(stack.environment(prefix));
    variables.put("FACESORT_SLOT", String.valueOf(slot));
    variables.put("FACESORT_WORKER_BATCH", String.valueOf(batch));
    // Another service's settings lie on this class path, and a worker refuses what it does not
    // know.
    variables.put("SPRING_CONFIG_LOCATION", "optional:file:" + marks + "/");
    // So do the settings of a command's log, which is silent.
    variables.put("LOGGING_LEVEL_ROOT", "WARN");
    variables.put("LOGGING_LEVEL_FACESORT", "INFO");
    variables.put("BENCH_SERVICE", service);
    variables.put("BENCH_IN", in().name());
    variables.put("BENCH_INTERACTIVE", interactive().name());
    variables.put("BENCH_OUT", out().name());
    variables.put("BENCH_MARKS", marks.toString());
    return start(
        prefix,
        System.getProperty("java.class.path"),
        BenchWorker.class.getName(),
        variables,
        "--role",
        role);
  }

  /** The same for peers: the program named so, told of the same topics. */
  public WorkerProcess startPeer(String classPath, String mainClass, String... arguments) {
    Map<String, String> variables = new HashMap<>(stack.environment(service));
    variables.put("BENCH_IN", in().name());
    variables.put("BENCH_OUT", out().name());
    variables.put("BENCH_GROUP", service);
    variables.put("BENCH_BATCH", String.valueOf(batch));
    return start(service, classPath, mainClass, variables, arguments);
  }

  /** Every program gets the same heap, collector and flags. */
  private WorkerProcess start(
      String prefix,
      String classPath,
      String mainClass,
      Map<String, String> variables,
      String... arguments) {
    List<String> command =
        JavaCommand.withHeap(HEAP_MEBIBYTES)
            .flags(
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "--enable-native-access=ALL-UNNAMED")
            .main(classPath, mainClass, arguments);
    return WorkerProcess.start(prefix, stack.folder(), command, variables);
  }
}
