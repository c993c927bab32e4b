package facesort.bench;

import facesort.bench.accuracy.AccuracyBench;
import facesort.bench.chaos.WorkerChaos;
import facesort.bench.detect.DetectBench;
import facesort.bench.faces.FacesBench;
import facesort.bench.gpu.GpuBench;
import facesort.bench.images.ImageFuzz;
import facesort.bench.match.MatchBench;
import facesort.bench.pipeline.PipelineBench;
import facesort.bench.projector.ProjectorBench;
import facesort.bench.worker.WorkerBench;
import facesort.ops.console.CommandRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands {@code facesort bench} and {@code facesort chaos}. */
@Command(
    name = "facesort",
    synopsisSubcommandLabel = "COMMAND",
    description = "Benchmarks and chaos runs, each on a fresh local stack.",
    subcommands = {Main.Bench.class, Main.Chaos.class})
public final class Main {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the help of a command.")
  boolean help;

  private Main() {}

  /** Measures. */
  @Command(
      name = "bench",
      synopsisSubcommandLabel = "WHAT",
      description = "Measure: figures with their floor and peers, from one run, output checked.",
      footer = {
        "",
        "Examples:",
        "  facesort bench pipeline -o json",
        "  facesort bench worker -o json",
        "  facesort bench faces",
        "  facesort bench projector -o json",
      },
      subcommands = {
        AccuracyBench.class,
        DetectBench.class,
        FacesBench.class,
        GpuBench.class,
        ImageFuzz.class,
        MatchBench.class,
        PipelineBench.class,
        ProjectorBench.class,
        WorkerBench.class
      })
  static final class Bench {}

  /** Breaks. */
  @Command(
      name = "chaos",
      synopsisSubcommandLabel = "WHAT",
      description = "Break things while they work, and count what came of it.",
      footer = {"", "Examples:", "  facesort chaos worker --kills 30 --photos 1000 -o json"},
      subcommands = WorkerChaos.class)
  static final class Chaos {}

  /** Runs one command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(CommandRun.of(new Main(), arguments));
  }
}
