package facesort.bench.projector;

import facesort.bench.drive.WrongOutput;
import facesort.bench.stack.BenchStack;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The projector beside its floors, its restarts, and its queries meanwhile. */
@Command(
    name = "projector",
    description =
        "Events a second of the projector beside its floors; restarts; queries meanwhile.",
    footer = {
      "",
      "Writes jobs whose end is known beforehand, about six events a photo, into a real broker, once.",
      "Then, in the same run, reads them with a bare consumer, folds them in memory, pushes them",
      "through an empty Kafka Streams topology of the same shape, and lets the shipped projector catch",
      "up from offset 0, without and with PostgreSQL; restarts it after SIGTERM, after SIGKILL and",
      "without its stores. Each time every job must end as it must, and the read model's content hash",
      "must be the same; else there are no figures and the exit code is 1.",
      "",
      "Figures:",
      "  ratio_to_empty_topology   goal >= 0.6",
      "  restart_sigterm_s, restart_sigkill_s   goal <= 5",
      "  query_p99_ms   warm, goal <= 10",
      "",
      "Examples:",
      "  facesort bench projector",
      "  facesort bench projector -o json > projector.json",
      "  facesort bench projector --tasks 20000"
    })
public final class ProjectorBench implements Callable<Integer> {
  private static final int TASKS = 200_000;
  private static final int QUICK_TASKS = 2_000;

  @Option(names = "--quick", description = "As little as shows that it works.")
  boolean quick;

  @Option(names = "--tasks", paramLabel = "N", description = "Photos (default: 200000).")
  @Nullable Integer tasks;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Jobs that share them (default: ${DEFAULT-VALUE}).")
  int jobs = 40;

  @Option(
      names = "--jfr",
      paramLabel = "FILE",
      description = "Records the projector's catch-up without PostgreSQL for JDK Mission Control.")
  @Nullable String recording;

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    int count = tasks != null ? tasks : quick ? QUICK_TASKS : TASKS;
    if (jobs < 1 || count < jobs) {
      throw CommandException.usage("need --jobs >= 1 and at least one of --tasks for each");
    }
    Corpus corpus = new Corpus("job", count, jobs);
    try (BenchStack stack = BenchStack.start();
        Progress progress = new Progress(output);
        ProjectorRun run = new ProjectorRun(stack, corpus, quick, progress)) {
      new ProjectorReport(run.run(recording), quick).print(output);
    } catch (WrongOutput e) {
      throw CommandException.error("wrong output, so no figures: " + e.getMessage(), e);
    }
    return ExitCode.DONE.code();
  }
}
