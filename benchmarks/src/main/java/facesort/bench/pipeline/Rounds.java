package facesort.bench.pipeline;

import facesort.bench.measure.SteadyLegs;
import facesort.bench.photos.PhotoSet;
import facesort.ops.api.Sha256;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Legs in turn: the whole system, then with its processes held still the bare loop and the naive
 * one, and again. Each leg is one of the same photos; each leg of the system is checked against the
 * bare loop.
 */
final class Rounds {
  private final WholeSystem system;
  private final LoopProcess loops;
  private final PhotoSet photos;
  private final Plan plan;
  private final Consumer<String> progress;
  private final List<String> hashes;
  private final List<SystemLeg> systemLegs = new ArrayList<>();
  private final List<LoopLeg> bareLegs = new ArrayList<>();
  private final List<LoopLeg> naiveLegs = new ArrayList<>();
  private final SteadyLegs counts;
  private int legs;

  /**
   * How much is run.
   *
   * @param rounds legs of each that count
   * @param naive photos of a leg of the naive loop, the first of the set
   * @param settle photos of the jobs that bring the system back after it was held still
   * @param tries how often a leg is run at most until the machine's speed stayed the same
   */
  record Plan(int rounds, int naive, int settle, int tries) {}

  /**
   * What came out; lists are by round.
   *
   * @param thrownAway legs repeated since the machine's speed moved
   * @param unsteady legs that counted although it moved, in their last try
   */
  record Result(
      List<SystemLeg> system,
      List<LoopLeg> bare,
      List<LoopLeg> naive,
      int thrownAway,
      int unsteady) {}

  Rounds(
      WholeSystem system,
      LoopProcess loops,
      PhotoSet photos,
      Plan plan,
      Consumer<String> progress) {
    this.system = system;
    this.loops = loops;
    this.photos = photos;
    this.plan = plan;
    this.counts = new SteadyLegs(plan.tries());
    this.progress = progress;
    this.hashes = photos.files().stream().map(Sha256::of).toList();
  }

  /** Runs all; throws {@link facesort.bench.drive.WrongOutput} when the system does it wrong. */
  Result run() {
    List<Path> files = photos.files();
    progress.accept("warm-up");
    SystemLeg warm = system.run("warm", files);
    system.freeze();
    OutputCheck.require(warm, loops.bare(files.size()).seen(), hashes);
    loops.naive(plan.naive());
    for (int round = 1; round <= plan.rounds(); round++) {
      thaw(round);
      progress.accept("system " + round);
      systemLegs.add(counts.run(() -> system.run("leg" + legs++, files)));
      system.freeze();
      progress.accept("bare loop " + round);
      bareLegs.add(counts.run(() -> loops.bare(files.size())));
      OutputCheck.require(systemLegs.getLast(), bareLegs.getLast().seen(), hashes);
      progress.accept("naive loop " + round);
      naiveLegs.add(counts.run(() -> loops.naive(plan.naive())));
    }
    return new Result(systemLegs, bareLegs, naiveLegs, counts.thrownAway(), counts.unsteady());
  }

  /**
   * Held still, its consumers have lost their places, and its workers take that for a crash and try
   * the next tasks of each partition in a child. Jobs that do not count bring all of that back;
   * they are large enough that each partition has a task.
   */
  private void thaw(int round) {
    progress.accept("the system comes back, " + round);
    system.thaw();
    for (int i = 0; i < 2; i++) {
      system.run("settle" + legs++, photos.files().subList(0, plan.settle()));
    }
  }
}
