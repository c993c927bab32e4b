package facesort.state.job;

import static facesort.state.job.JobEvents.sure;
import static facesort.state.job.JobEvents.unsure;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;

/**
 * The same facts lead to the same end, whatever order, repetition and neighbours they come with.
 */
class JobFoldOrderTest {

  private static final int ORDERS = 40;
  private static final List<DeliveryState> CLOSED =
      List.of(
          DeliveryState.SENT,
          DeliveryState.UNKNOWN,
          DeliveryState.REFUSED,
          DeliveryState.FAILED,
          DeliveryState.DROPPED,
          DeliveryState.RECALLED);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @RepeatedTest(20)
  void anyOrderAndRepetitionOfTwoJobs_endsTheSame_andCountsAlwaysAddUp() {
    var events = new ArrayList<JobEvent>();
    events.addAll(aWholeJob("left"));
    events.addAll(aWholeJob("right"));
    var expected = endStates(Jobs.after(events));

    for (int order = 0; order < ORDERS; order++) {
      var jobs = foldCheckingCounts(shuffledWithRepeats(events));

      assertThat(endStates(jobs)).as("seed %d, order %d", seed, order).isEqualTo(expected);
    }
    assertThat(expected.values())
        .as("seed %d", seed)
        .allMatch(job -> JobMoves.isTerminal(job.state()));
  }

  @RepeatedTest(20)
  void publishedStates_onlyMoveAlongLegalMoves() {
    var jobs = Jobs.after(shuffledWithRepeats(aWholeJob("job")));

    var published = jobs.published();
    for (int i = 1; i < published.size(); i++) {
      var from = published.get(i - 1);
      var to = published.get(i);
      assertThat(from == to || JobMoves.LEGAL.getOrDefault(from, java.util.Set.of()).contains(to))
          .as("seed %d: %s", seed, published)
          .isTrue();
    }
    assertThat(Collections.frequency(published, JobState.MATCHED)).isLessThanOrEqualTo(1);
  }

  private Jobs foldCheckingCounts(List<JobEvent> events) {
    var jobs = new Jobs();
    for (var event : events) {
      var tally = jobs.take(event).job().tally();
      assertThat(tally).as("seed %d", seed).isEqualTo(jobs.recount(event.head().jobId()));
      var settled =
          tally.count(PhotoState.MATCHED)
              + tally.count(PhotoState.NO_MATCH)
              + tally.count(PhotoState.NO_FACE)
              + tally.count(PhotoState.DUPLICATE)
              + tally.count(PhotoState.FAILED)
              + tally.count(PhotoState.CANCELLED);
      assertThat(tally.submitted()).as("seed %d", seed).isEqualTo(settled + tally.inFlight());
    }
    return jobs;
  }

  private List<JobEvent> shuffledWithRepeats(List<JobEvent> events) {
    var shuffled = new ArrayList<>(events);
    for (int i = 0; i < events.size() / 2; i++) {
      shuffled.add(events.get(random.nextInt(events.size())));
    }
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  /** A job from SUBMIT to the end, with photos of every kind. */
  private List<JobEvent> aWholeJob(String jobId) {
    var job = JobEvents.of(jobId);
    var total = 1 + random.nextInt(8);
    var release = random.nextBoolean() ? ReleasePolicy.AUTO : ReleasePolicy.DRY_RUN;
    var events = new ArrayList<JobEvent>(List.of(job.submit(total, release), job.cleaned()));
    for (int i = 0; i < total; i++) {
      addPhoto(events, job, "p" + i, release);
    }
    return events;
  }

  private void addPhoto(List<JobEvent> events, JobEvents job, String photo, ReleasePolicy release) {
    switch (random.nextInt(5)) {
      case 0 -> events.add(job.task(photo, FailureCode.DUPLICATE));
      case 1 -> events.add(job.task(photo, FailureCode.UNSUPPORTED_TYPE));
      case 2 -> {
        events.add(job.task(photo));
        events.add(job.died("task.queued", photo, FailureCode.CORRUPT_IMAGE));
        events.add(job.died("task.queued", photo, FailureCode.DEADLINE));
      }
      default -> {
        events.add(job.task(photo));
        events.add(job.faces(photo, 3));
        addPeople(events, job, photo, release);
      }
    }
  }

  private void addPeople(
      List<JobEvent> events, JobEvents job, String photo, ReleasePolicy release) {
    if (random.nextInt(3) == 0) {
      events.add(job.match(photo, 3));
      return;
    }
    events.add(job.match(photo, 3, sure("ann"), unsure("bob")));
    events.add(job.delivery(photo, "ann", 0, closed()));
    if (random.nextBoolean()) {
      events.add(job.delivery(photo, "ann", 1, closed()));
    }
    if (release == ReleasePolicy.DRY_RUN) {
      events.add(job.delivery(photo, "bob", 0, DeliveryState.DROPPED));
    }
  }

  private DeliveryState closed() {
    return CLOSED.get(random.nextInt(CLOSED.size()));
  }

  private static Map<String, JobFacts> endStates(Jobs jobs) {
    return jobs.all().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, job -> withoutPositions(job.getValue())));
  }

  /** Which records were read before the end is a matter of order, what follows from them is not. */
  private static JobFacts withoutPositions(JobFacts job) {
    var runs = job.runs();
    var ends =
        runs.ends().stream()
            .map(end -> new RunEnd(end.run(), end.state(), end.failure(), new TreeMap<>()))
            .toList();
    return job.with(
        new Runs(
            runs.counted(),
            runs.open(),
            runs.resumed(),
            runs.deadline(),
            ends,
            new TreeMap<>(),
            runs.requeues()));
  }
}
