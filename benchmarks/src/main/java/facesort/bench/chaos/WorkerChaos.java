package facesort.bench.chaos;

import facesort.bench.chaos.Verdict.Plan;
import facesort.bench.stack.BenchStack;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Progress;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills workers and counts. */
@Command(
    name = "worker",
    description =
        "Kill workers at random points while they work on photos, and count what came of it.",
    footer = {
      "",
      "Two workers read real photos from the object store and tell how sharp each is. Some tasks are",
      "planted killers: they crash the process that works on them, as a broken native library does.",
      "Exit code 1 when a task was lost, done twice or done wrong, when a killer was not quarantined",
      "or anything else was. The seed repeats what was drawn, not the machine's timing.",
      "",
      "Examples:",
      "  facesort chaos worker",
      "  facesort chaos worker --kills 30 --photos 1000 -o json",
      "  facesort chaos worker --kills 5 --photos 200 --killers 0 --seed 7"
    })
public final class WorkerChaos implements Callable<Integer> {
  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "SIGKILLs (default: ${DEFAULT-VALUE}).")
  int kills = 30;

  @Option(names = "--photos", paramLabel = "N", description = "Tasks (default: ${DEFAULT-VALUE}).")
  int photos = 1000;

  @Option(
      names = "--killers",
      paramLabel = "N",
      description = "Planted killers, on top of the photos (default: ${DEFAULT-VALUE}).")
  int killers = 2;

  @Option(names = "--seed", paramLabel = "N", description = "Of all that is random.")
  @Nullable Long seed;

  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    if (kills < 0 || photos < 1 || killers < 0 || kills > photos) {
      throw CommandException.usage("need photos >= 1, 0 <= kills <= photos and killers >= 0");
    }
    Output output = common.output();
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    output.say("seed " + chosen);
    Verdict verdict = run(new Plan(photos, kills, killers, chosen), output);
    output.say(
        String.format(
            Locale.ROOT,
            "%d photos, %d kills, %d worker deaths: %d lost, %d duplicated, %d wrong,"
                + " %d of %d killers quarantined, %d innocents; recovery p50 %.0f ms, p99 %.0f ms",
            verdict.photos(),
            verdict.kills(),
            verdict.workerDeaths(),
            verdict.lost(),
            verdict.duplicated(),
            verdict.wrong(),
            verdict.quarantined(),
            verdict.planted(),
            verdict.innocents(),
            verdict.recoveryP50Ms(),
            verdict.recoveryP99Ms()));
    output.result(verdict);
    boolean right = verdict.right() && verdict.kills() == kills;
    output.say(right ? output.good("all as it must be") : output.bad("not as it must be"));
    return (right ? ExitCode.DONE : ExitCode.ERROR).code();
  }

  private static Verdict run(Plan plan, Output output) {
    try (BenchStack stack = BenchStack.start();
        Progress progress = new Progress(output)) {
      return new ChaosRun(stack, plan, (done, all) -> progress.show("settled", done, all)).run();
    } catch (IOException e) {
      throw CommandException.error("the sample photos cannot be used: " + e, e);
    }
  }
}
