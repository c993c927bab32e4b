package facesort.bench.chaos;

import facesort.bench.chaos.Verdict.Counts;
import facesort.bench.chaos.Verdict.Plan;
import facesort.bench.drive.Answer;
import facesort.bench.drive.Feed;
import facesort.bench.drive.Watch;
import facesort.bench.stack.BenchStack;
import facesort.bench.stage.BenchWorker;
import facesort.bench.stage.Sharpness;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import facesort.worker.kit.Pause;
import facesort.worker.kit.RestartingWorker;
import facesort.worker.kit.WorkerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntSupplier;

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
  private final List<RestartingWorker> slots = new ArrayList<>();
  private final List<Kill> kills = new ArrayList<>();

  /** A kill from outside. */
  private record Kill(RestartingWorker slot, WorkerProcess victim, long nanos) {

    /** Names of those that came after it in its slot. */
    Set<String> successors() {
      List<String> names = slot.all().stream().map(WorkerProcess::name).toList();
      return Set.copyOf(names.subList(names.indexOf(victim.name()) + 1, names.size()));
    }
  }

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
        Watch answers = Watch.over(stack, setup.out());
        Watch letters = Watch.overDeadLetters(stack, setup.in())) {
      for (int number = 0; number < SLOTS; number++) {
        int slot = number;
        slots.add(RestartingWorker.start(() -> setup.start(slot)));
      }
      IntSupplier settled =
          () -> {
            int count =
                (int)
                    asked.stream()
                        .map(TaskQueued::getTaskId)
                        .filter(id -> answers.hasAnswer(id) || letters.hasAnswer(id))
                        .count();
            progress.accept((long) count, (long) asked.size());
            return count;
          };
      feedAndKill(setup, feed, asked, settled);
      feed.requireWritten();
      var _ = Pause.until(() -> settled.getAsInt() >= asked.size(), LIMIT);
      List<Double> recoveries = recoveries(answers);
      int deaths = slots.stream().mapToInt(slot -> slot.deaths().size()).sum();
      // In order, so that whatever they would still answer is there to be counted.
      slots.forEach(RestartingWorker::term);
      Counts counts = new Ledger(setup).counts(asked, photos.scores());
      return Verdict.of(counts, plan, kills.size(), deaths, recoveries);
    } finally {
      slots.forEach(RestartingWorker::close);
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

  private void feedAndKill(
      WorkerSetup setup, Feed feed, List<TaskQueued> asked, IntSupplier settled) {
    int portions = plan.kills() + 1;
    for (int portion = 0; portion < portions; portion++) {
      int from = (int) ((long) asked.size() * portion / portions);
      int to = (int) ((long) asked.size() * (portion + 1) / portions);
      asked.subList(from, to).forEach(task -> feed.send(setup.in(), task));
      int until = from + random.nextInt(Math.max(to - from, 1));
      if (portion < plan.kills() && Pause.until(() -> settled.getAsInt() >= until, LIMIT)) {
        Pause.of(Duration.ofMillis(random.nextInt(300)));
        kill(slots.get(random.nextInt(SLOTS)));
      }
    }
  }

  /** As soon as somebody is alive in the slot. */
  private void kill(RestartingWorker slot) {
    if (Pause.until(() -> slot.current().isAlive(), LIMIT)) {
      WorkerProcess victim = slot.current();
      kills.add(new Kill(slot, victim, System.nanoTime()));
      victim.kill();
    }
  }

  /** From each kill to the first answer of whoever came after it in its slot, in milliseconds. */
  private List<Double> recoveries(Watch answers) {
    List<Double> samples = new ArrayList<>();
    for (Kill kill : kills) {
      Set<String> successors = kill.successors();
      answers.matching(answer -> successors.contains(answer.worker())).stream()
          .mapToLong(Answer::seen)
          .min()
          .ifPresent(first -> samples.add((first - kill.nanos()) / 1e6));
    }
    return samples;
  }
}
