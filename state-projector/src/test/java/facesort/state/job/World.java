package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One job with everybody around it, in an order that a seed decides: its owner commands, workers
 * take tasks of any run, delivery sends, cleanup removes. Records of a partition keep their order,
 * everything else overtakes, and any record can come twice.
 */
final class World {

  private static final int HOUR = 3_600_000;
  private static final String CONTROL = "job.control-0";

  /** What each photo comes to, however often it is tried. */
  enum Outcome {
    DUPLICATE,
    UNREADABLE,
    DIES,
    NO_FACE,
    NO_MATCH,
    MATCHED
  }

  private final String jobId;
  private final Random random;
  private final Jobs jobs;
  private final Map<String, Outcome> outcomes = new TreeMap<>();
  private final Map<String, Queue<JobEvent>> partitions = new TreeMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Set<String> queuedAgain = new HashSet<>();
  private final List<JobEvent> delivered = new ArrayList<>();
  private int commands;
  private int seenEffects;
  private int cleanups;
  private long now = Jobs.NOW;

  World(String jobId, Random random, Jobs jobs) {
    this.jobId = jobId;
    this.random = random;
    this.jobs = jobs;
    var total = 1 + random.nextInt(6);
    write(
        CONTROL,
        head ->
            new JobEvent.Submitted(
                head,
                new JobEvent.Submission(
                    "n", total, ReleasePolicy.AUTO, now, now + HOUR, false, false)));
    for (int i = 0; i < total; i++) {
      var outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
      outcomes.put("p" + i, outcome);
      task("p" + i, 0);
    }
  }

  private interface Made {
    JobEvent with(JobEvent.Head head);
  }

  private void write(String partition, Made event) {
    write(partition, 0, event);
  }

  private void write(String partition, int run, Made event) {
    var offset = offsets.merge(partition, 1L, Long::sum) - 1;
    var dash = partition.lastIndexOf('-');
    var origin =
        new Origin(
            partition.substring(0, dash), Integer.parseInt(partition.substring(dash + 1)), offset);
    var source = new JobEvent.Source(null, null, null);
    partitions
        .computeIfAbsent(partition, name -> new ArrayDeque<>())
        .add(event.with(new JobEvent.Head(origin, jobId, "owner", run, source)));
  }

  private void task(String photo, int run) {
    var settled =
        switch (outcome(photo)) {
          case DUPLICATE -> FailureCode.DUPLICATE;
          case UNREADABLE -> FailureCode.UNSUPPORTED_TYPE;
          case DIES, NO_FACE, NO_MATCH, MATCHED -> null;
        };
    write(
        partition("task.queued", photo),
        run,
        head -> new JobEvent.TaskSeen(head, photo, null, settled, new Raw(new byte[0])));
    if (settled == null) {
      work(photo, run);
    }
  }

  /** Workers may not have heard of a CANCEL: they answer for every run, at some time. */
  private void work(String photo, int run) {
    if (outcome(photo) == Outcome.DIES) {
      write(
          partition("task.queued-dlt", photo),
          run,
          head -> new JobEvent.Died(head, photo, "task.queued", FailureCode.CORRUPT_IMAGE, "s"));
      return;
    }
    var faces = outcome(photo) == Outcome.NO_FACE ? 0 : 2;
    var people =
        outcome(photo) == Outcome.MATCHED
            ? List.of(JobEvents.sure("ann"))
            : List.<JobEvent.Person>of();
    write(
        partition("faces.detected", photo),
        run,
        head -> new JobEvent.FacesSeen(head, photo, faces));
    write(
        partition("match.result", photo),
        run,
        head -> new JobEvent.MatchSeen(head, photo, 0, faces, people));
  }

  private Outcome outcome(String photo) {
    return outcomes.getOrDefault(photo, Outcome.DUPLICATE);
  }

  private static String partition(String topic, String photo) {
    return topic + "-" + Math.floorMod(photo.hashCode(), 2);
  }

  /** Something happens, no matter what. */
  void happens() {
    switch (random.nextInt(20)) {
      case 0 -> command(JobCommand.CANCEL, Selection.ALL);
      case 1 -> command(JobCommand.RESUME, Selection.ALL);
      case 2 -> command(JobCommand.RETRY, selection());
      case 3 -> repeat();
      case 4 -> passes(isSubmitted() && random.nextInt(8) == 0 ? HOUR : 1);
      default -> deliver();
    }
  }

  /** Before, an hour of silence closes the job: a job of whoever writes tasks alone. */
  private boolean isSubmitted() {
    return jobs.has(jobId) && jobs.job(jobId).intake().submission() != null;
  }

  private Selection selection() {
    return random.nextBoolean()
        ? new Selection(new TreeSet<>(), Set.of(FailureCode.CORRUPT_IMAGE), Set.of())
        : new Selection(new TreeSet<>(Set.of("p0", "p1")), Set.of(), Set.of());
  }

  private void command(JobCommand command, Selection selection) {
    var id = "c" + commands++;
    write(CONTROL, head -> new JobEvent.Commanded(head, id, command, selection, null));
  }

  /** A producer that did not hear its answer writes the same again. */
  private void repeat() {
    if (!delivered.isEmpty()) {
      fold(delivered.get(random.nextInt(delivered.size())));
    }
  }

  private void passes(long millis) {
    now += millis;
    if (jobs.has(jobId)) {
      if (jobs.job(jobId).runs().requeues().isEmpty()) {
        jobs.tick(jobId, now);
      } else {
        jobs.workOff(jobId, 1 + random.nextInt(3), now);
      }
      check();
      follow();
    }
  }

  private boolean deliver() {
    var waiting = partitions.values().stream().filter(queue -> !queue.isEmpty()).toList();
    if (waiting.isEmpty()) {
      return false;
    }
    var event = waiting.get(random.nextInt(waiting.size())).remove();
    if (!(event instanceof JobEvent.Commanded)) {
      delivered.add(event);
    }
    fold(event);
    return true;
  }

  private void fold(JobEvent event) {
    var before = jobs.has(jobId) ? jobs.job(jobId) : null;
    jobs.take(event, now);
    check();
    if (before != null && isLate(before, event)) {
      assertThat(jobs.job(jobId).seenAt("", now)).isEqualTo(before.seenAt("", now));
    }
    follow();
  }

  /** Of results only: they are those that an end shuts out. */
  private static boolean isLate(JobFacts before, JobEvent event) {
    return JobMoves.isTerminal(before.state())
        && event.head().run() <= before.runs().ended()
        && (event instanceof JobEvent.MatchSeen
            || event instanceof JobEvent.FacesSeen
            || event instanceof JobEvent.Died);
  }

  private void check() {
    var job = jobs.job(jobId);
    assertThat(job.tally()).isEqualTo(jobs.recount(jobId));
    if (JobMoves.isTerminal(job.state())) {
      assertThat(job.tally().inFlight()).isZero();
      assertThat(job.runs().ended()).isGreaterThanOrEqualTo(job.runs().open());
    }
  }

  /** What the others do about what was written. */
  private void follow() {
    for (var again : jobs.takeQueuedAgain(jobId)) {
      assertThat(queuedAgain.add(again.getKey() + again.getValue())).as("queued twice").isTrue();
      assertThat(outcome(again.getKey())).isNotIn(Outcome.DUPLICATE, Outcome.UNREADABLE);
      task(again.getKey(), again.getValue());
    }
    var effects = jobs.effectsOf(jobId);
    for (; seenEffects < effects.size(); seenEffects++) {
      switch (effects.get(seenEffects)) {
        case Effect.AskCleanup ask -> {
          cleanups++;
          write("cleanup-0", head -> new JobEvent.CleanupSeen(head, ask.seq()));
        }
        case Effect.Publish publish -> {
          if (publish.job().state() == JobState.MATCHED) {
            deliverAlbums();
          }
        }
        case Effect.QueueAgain _, Effect.Refuse _ -> {}
      }
    }
  }

  private void deliverAlbums() {
    outcomes.forEach((photo, outcome) -> {
      if (outcome == Outcome.MATCHED) {
        write(
            "delivery.done-0",
            head -> new JobEvent.DeliverySeen(head, photo, "ann", 0, DeliveryState.SENT));
      }
    });
  }

  /** The owner stops commanding, resumes what was cancelled, and everything that waits comes. */
  void settles() {
    for (int rounds = 0; rounds < 10; rounds++) {
      drain();
      var job = jobs.job(jobId);
      var givenUp = job.failure() != null || job.state() == JobState.CANCELLED;
      if (isAsExpected() && (!givenUp || isRefused(job))) {
        return;
      }
      command(JobCommand.RESUME, Selection.ALL);
    }
    throw new AssertionError("never ends: " + jobs.job(jobId));
  }

  private boolean isAsExpected() {
    return outcomes.entrySet().stream()
        .allMatch(photo -> jobs.stateOf(jobId, photo.getKey()) == stateOf(photo.getValue()));
  }

  /** A job that was given up when all was done and sent has nothing to resume. */
  private static boolean isRefused(JobFacts job) {
    return !job.commands().isEmpty()
        && job.commands().getLast().code() == FailureCode.NOTHING_SELECTED
        && job.openPairs() == 0;
  }

  private void drain() {
    while (deliver() || !jobs.job(jobId).runs().requeues().isEmpty()) {
      passes(1);
    }
  }

  /** Whatever happened on the way, each photo came to what it is, and so did the job. */
  void checkEnd() {
    outcomes.forEach((photo, outcome) ->
        assertThat(jobs.stateOf(jobId, photo)).as(photo).isEqualTo(stateOf(outcome)));
    var job = jobs.job(jobId);
    var good = job.tally().submitted() - job.tally().count(PhotoState.DUPLICATE);
    var failed = job.tally().count(PhotoState.FAILED);
    assertThat(job.tally().submitted()).isEqualTo(outcomes.size());
    if (!isRefused(job)) {
      assertThat(job.state())
          .isEqualTo(failed > 0 && failed == good ? JobState.FAILED : JobState.COMPLETED);
    }
    assertThat(cleanups).isEqualTo(job.cleaning().requests());
  }

  private static PhotoState stateOf(Outcome outcome) {
    return switch (outcome) {
      case DUPLICATE -> PhotoState.DUPLICATE;
      case UNREADABLE, DIES -> PhotoState.FAILED;
      case NO_FACE -> PhotoState.NO_FACE;
      case NO_MATCH -> PhotoState.NO_MATCH;
      case MATCHED -> PhotoState.MATCHED;
    };
  }
}
