package facesort.bench.chaos;

import facesort.bench.chaos.Supervised.Kill;
import facesort.bench.chaos.Verdict.Plan;
import facesort.bench.drive.Answer;
import facesort.bench.drive.Feed;
import facesort.bench.drive.Watch;
import facesort.bench.stack.BenchStack;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.Sharpness;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Two workers in two slots, started again whenever they end, work on photos that come in portions.
 * While each portion is worked on one of the workers is killed at a random moment, so that the
 * kills are spread over the whole run and over whatever the workers just do: load, join, read,
 * work, commit, examine suspects.
 */
final class ChaosRun {
  private static final int SLOTS = 2;
  private static final int BATCH = 8;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final BenchStack stack;
  private final Plan plan;
  private final Random random;
  private final BiConsumer<Long, Long> progress;
  private final List<Supervised> slots = new ArrayList<>();

  ChaosRun(BenchStack stack, Plan plan, BiConsumer<Long, Long> progress) {
    this.stack = stack;
    this.plan = plan;
    this.random = new Random(plan.seed());
    this.progress = progress;
  }

  Verdict run() throws IOException {
    Photos photos = Photos.load();
    List<TaskQueued> asked = photos.upload(stack, names());
    WorkerSetup setup = WorkerSetup.create(stack, "chaos", BenchWorker.PHOTO, BATCH);
    try (Feed feed = new Feed(stack);
        Watch watch = Watch.over(stack, setup.out())) {
      for (int slot = 0; slot < SLOTS; slot++) {
        slots.add(new Supervised(setup, slot));
      }
      int kills = feedAndKill(setup, feed, watch, asked);
      LongSupplier settled = () -> Ledger.settled(setup, watch.matching(Answer::isTask));
      var _ =
          Watch.until(
              () -> {
                progress.accept(settled.getAsLong(), (long) asked.size());
                return settled.getAsLong() >= asked.size();
              },
              LIMIT);
      List<Double> recoveries = recoveries(watch);
      int deaths = slots.stream().mapToInt(Supervised::deaths).sum();
      slots.forEach(Supervised::close);
      Ledger ledger = new Ledger(setup, watch.matching(Answer::isTask));
      return Verdict.of(ledger.counts(asked, photos.scores()), plan, kills, deaths, recoveries);
    } finally {
      slots.forEach(Supervised::close);
    }
  }

  /** The killers are planted at random places. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < plan.photos(); i++) {
      names.add("photo-" + i);
    }
    for (int i = 0; i < plan.killers(); i++) {
      names.add(random.nextInt(names.size() + 1), Sharpness.KILLER + i);
    }
    return names;
  }

  private int feedAndKill(WorkerSetup setup, Feed feed, Watch watch, List<TaskQueued> asked) {
    int portions = plan.kills() + 1;
    int kills = 0;
    for (int portion = 0; portion < portions; portion++) {
      int from = (int) ((long) asked.size() * portion / portions);
      int to = (int) ((long) asked.size() * (portion + 1) / portions);
      asked.subList(from, to).forEach(task -> feed.send(setup.in(), task));
      if (portion < plan.kills()) {
        int until = from + random.nextInt(Math.max(to - from, 1));
        kills += kill(setup, watch, asked.size(), until) ? 1 : 0;
      }
    }
    return kills;
  }

  /** When so many tasks are settled, and a random moment later. */
  private boolean kill(WorkerSetup setup, Watch watch, int all, int until) {
    boolean reached =
        Watch.until(
            () -> {
              int settled = Ledger.settled(setup, watch.matching(Answer::isTask));
              progress.accept((long) settled, (long) all);
              return settled >= until;
            },
            LIMIT);
    if (!reached) {
      return false;
    }
    pause(random.nextInt(300));
    Supervised victim = slots.get(random.nextInt(SLOTS));
    return Watch.until(victim::kill, LIMIT);
  }

  private List<Double> recoveries(Watch watch) {
    List<Double> samples = new ArrayList<>();
    for (Supervised slot : slots) {
      for (Map.Entry<Kill, List<Long>> kill : slot.killsWithSuccessors().entrySet()) {
        watch.matching(answer -> kill.getValue().contains(answer.worker())).stream()
            .mapToLong(Answer::seen)
            .min()
            .ifPresent(first -> samples.add((first - kill.getKey().nanos()) / 1e6));
      }
    }
    return samples;
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
