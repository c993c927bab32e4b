package facesort.state.job;

import facesort.schemas.FailureCode;
import facesort.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an event does to a job: facts and event in, facts and effects out. Pure and total. A repeat
 * changes nothing, and events that may overtake each other between topics lead to the same end
 * state in any order, because states and counts are derived from facts that are set once.
 */
final class JobFold {

  /** After this long a cleanup that failed is asked for again. */
  static final Duration CLEAN_AGAIN = Duration.ofMinutes(10);

  /** A job without SUBMIT is closed when nothing came for this long. */
  static final Duration IDLE = Duration.ofMinutes(10);

  private static final Optional<Long> NEVER = Optional.empty();

  /** Dead letters of these settle a photo. */
  private static final Set<String> WORK_TOPICS =
      Set.of(
          Topics.TASK_QUEUED.name(),
          Topics.TASK_QUEUED_INTERACTIVE.name(),
          Topics.FACES_DETECTED.name());

  private JobFold() {}

  /**
   * Folds one event.
   *
   * @param known the job's facts; null when the event is the first of its job
   * @param photo facts of the photo the event is about; {@link PhotoFacts#NONE} when none
   * @param now wall clock, milliseconds since 1970 UTC
   */
  static Folded fold(@Nullable JobFacts known, PhotoFacts photo, JobEvent event, long now) {
    var head = event.head();
    var job = known != null ? known : JobFacts.open(head.jobId(), head.ownerId(), now);
    var refusal = refusal(job, photo, event);
    if (refusal.isPresent()) {
      return new Folded(job, photo, effectOf(refusal.get(), event));
    }
    var after = photo(photo, event);
    var seen = job(job, photo, after, event, now).seenAt(head.ownerId(), now);
    return advance(
        seen.with(seen.tally().replace(photo.tally(), after.tally())), after, known, now);
  }

  /** What the passing of time alone does to a job. */
  static Folded tick(JobFacts job, long now) {
    var aged = idle(job, now) ? job.with(job.intake().asClosed()) : job;
    var folded = advance(aged, PhotoFacts.NONE, job, now);
    var againAt = job.cleaning().againAt();
    return againAt == null || now < againAt ? folded : cleanAgain(folded);
  }

  /** When {@link #tick} has to be asked next, milliseconds since 1970 UTC; empty = never. */
  static Optional<Long> nextTick(JobFacts job) {
    var submission = job.intake().submission();
    var beforeMatched = JobMoves.isBeforeMatched(job.state());
    return Stream.of(
            beforeMatched && submission != null ? Optional.of(submission.deadline()) : NEVER,
            waitsForTasks(job) ? Optional.of(job.lastEventAt() + IDLE.toMillis()) : NEVER,
            Optional.ofNullable(job.cleaning().againAt()))
        .flatMap(Optional::stream)
        .min(Long::compare);
  }

  private static Optional<Effect.Refuse> refusal(JobFacts job, PhotoFacts photo, JobEvent event) {
    var owner = event.head().ownerId();
    if (!owner.isEmpty() && !job.ownerId().isEmpty() && !owner.equals(job.ownerId())) {
      return Optional.of(
          new Effect.Refuse(event, FailureCode.OWNER_MISMATCH, "the job is another owner's"));
    }
    if (event instanceof JobEvent.TaskSeen && job.intake().closed() && !photo.queued()) {
      return Optional.of(
          new Effect.Refuse(event, FailureCode.JOB_CLOSED, "the job takes no further task"));
    }
    return Optional.empty();
  }

  /** A dead letter that concerns nobody is there already and makes no second one. */
  private static List<Effect> effectOf(Effect.Refuse refusal, JobEvent event) {
    return event instanceof JobEvent.Died ? List.of() : List.of(refusal);
  }

  private static PhotoFacts photo(PhotoFacts photo, JobEvent event) {
    return switch (event) {
      case JobEvent.TaskSeen task -> photo.withTask(task.settled());
      case JobEvent.FacesSeen seen -> photo.withFaces(seen.faces());
      case JobEvent.MatchSeen match ->
          photo.withMatch(new PhotoFacts.Match(match.rematch(), match.faces(), match.people()));
      case JobEvent.DeliverySeen said ->
          photo.withDelivery(said.friendId(), new PhotoFacts.Pair(said.seq(), said.state()));
      case JobEvent.Died died -> died(photo, died);
      case JobEvent.CleanupSeen _, JobEvent.Submitted _, JobEvent.Commanded _ -> photo;
    };
  }

  private static PhotoFacts died(PhotoFacts photo, JobEvent.Died died) {
    if (WORK_TOPICS.contains(died.source())) {
      return photo.withDead(died.code());
    }
    return died.source().equals(Topics.MATCH_RESULT.name())
        ? photo.withUndeliverable(died.code())
        : photo;
  }

  private static JobFacts job(
      JobFacts job, PhotoFacts before, PhotoFacts after, JobEvent event, long now) {
    return switch (event) {
      case JobEvent.TaskSeen task -> job.with(job.intake().withJobTotal(task.jobTotal()));
      case JobEvent.MatchSeen match ->
          JobMoves.isBeforeMatched(job.state()) && !after.equals(before)
              ? job.withMatchAt(match.head().origin())
              : job;
      case JobEvent.CleanupSeen _ ->
          job.with(
              new JobFacts.Cleaning(job.cleaning().requests(), true, job.cleaning().againAt()));
      case JobEvent.Submitted said -> job.with(job.intake().withSubmission(said.submission()));
      // RESUME, RETRY, CANCEL, RELEASE, RESOLVE and REMATCH are not executed by this version.
      case JobEvent.Commanded said ->
          job.answered(
              new JobFacts.Answer(
                  said.eventId(), said.command(), FailureCode.INVALID_EVENT, 0, 0, null));
      case JobEvent.Died died -> died(job, died, now);
      case JobEvent.FacesSeen _, JobEvent.DeliverySeen _ -> job;
    };
  }

  private static JobFacts died(JobFacts job, JobEvent.Died died, long now) {
    if (died.source().equals(Topics.JOB_CONTROL.name())) {
      return job.with(job.intake().asRefused(died.code()));
    }
    // Storage that could not be cleaned is asked for again, or the job would wait for ever.
    return died.source().equals(Topics.CLEANUP.name()) && job.cleaning().requests() > 0
        ? job.with(
            new JobFacts.Cleaning(
                job.cleaning().requests(), job.cleaning().done(), now + CLEAN_AGAIN.toMillis()))
        : job;
  }

  private static Folded advance(
      JobFacts facts, PhotoFacts photo, @Nullable JobFacts before, long now) {
    var effects = new ArrayList<Effect>();
    var job = closed(facts);
    for (var move = JobMoves.next(job, now); move.isPresent(); move = JobMoves.next(job, now)) {
      job = moved(job, move.get(), now, effects);
    }
    var news = before == null || !job.commands().equals(before.commands());
    if (effects.isEmpty() && news) {
      effects.add(new Effect.Publish(job));
    }
    return new Folded(job, photo, effects);
  }

  private static JobFacts moved(JobFacts job, JobMoves.Move move, long now, List<Effect> effects) {
    JobMoves.require(job.state(), move.to());
    var endedAt = JobMoves.isTerminal(move.to()) ? Long.valueOf(now) : null;
    var next = job.in(move.to(), move.failure(), endedAt);
    switch (move.to()) {
      case CLEANING, FAILED -> next = askCleanup(next, effects);
      case UNKNOWN, QUEUED, RUNNING, MATCHED, DELIVERING, COMPLETED, CANCELLED -> {}
    }
    effects.add(new Effect.Publish(next));
    return next;
  }

  private static JobFacts askCleanup(JobFacts job, List<Effect> effects) {
    var asked = job.cleaning();
    effects.add(new Effect.AskCleanup(asked.requests()));
    return job.with(new JobFacts.Cleaning(asked.requests() + 1, asked.done(), null));
  }

  private static Folded cleanAgain(Folded folded) {
    var effects = new ArrayList<>(folded.effects());
    return new Folded(askCleanup(folded.job(), effects), folded.photo(), effects);
  }

  private static JobFacts closed(JobFacts job) {
    var announced = job.intake().announced();
    return !job.intake().closed() && announced != null && job.tally().submitted() >= announced
        ? job.with(job.intake().asClosed())
        : job;
  }

  private static boolean idle(JobFacts job, long now) {
    return waitsForTasks(job) && now >= job.lastEventAt() + IDLE.toMillis();
  }

  private static boolean waitsForTasks(JobFacts job) {
    return JobMoves.isBeforeMatched(job.state())
        && !job.intake().closed()
        && job.intake().submission() == null
        && job.tally().submitted() > 0;
  }
}
