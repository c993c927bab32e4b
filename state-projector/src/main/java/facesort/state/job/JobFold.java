package facesort.state.job;

import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
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
  private static final Optional<Long> AT_ONCE = Optional.of(0L);

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
  static Folded fold(
      @Nullable JobFacts known, PhotoFacts photo, JobEvent event, Retention retention, long now) {
    var head = event.head();
    var job = known != null ? known : JobFacts.open(head.jobId(), head.ownerId(), now);
    var refusal = refusal(job, photo, event);
    if (refusal.isPresent()) {
      return new Folded(job, photo, effectOf(refusal.get(), event));
    }
    var effects = new ArrayList<Effect>();
    var after = photo(job, photo, event, effects);
    var runs = job.runs();
    var counted = job.with(job.tally().replace(photo.tally(runs), after.tally(runs)));
    var seen = job(counted, event, retention, now).seenAt(head.ownerId(), now);
    return advance(new Folded(seen, after, effects), known, retention, now);
  }

  /** What the passing of time alone does to a job. */
  static Folded tick(JobFacts job, Retention retention, long now) {
    var aged = idle(job, now) ? job.with(job.intake().asClosed()) : job;
    var folded = advance(new Folded(aged, PhotoFacts.NONE, List.of()), job, retention, now);
    var againAt = job.cleaning().againAt();
    return againAt == null || now < againAt || !JobMoves.isCleaned(folded.job().state())
        ? folded
        : cleanAgain(folded, now);
  }

  /** When {@link #tick} has to be asked next, milliseconds since 1970 UTC; empty = never. */
  static Optional<Long> nextTick(JobFacts job) {
    var deadline = JobMoves.isBeforeMatched(job.state()) ? job.deadline() : null;
    return Stream.of(
            job.runs().requeues().isEmpty() ? NEVER : AT_ONCE,
            Optional.ofNullable(deadline),
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

  private static PhotoFacts photo(
      JobFacts job, PhotoFacts photo, JobEvent event, List<Effect> effects) {
    return switch (event) {
      case JobEvent.TaskSeen task -> task(job, photo, task, effects);
      case JobEvent.FacesSeen seen ->
          isLate(job, photo, event) ? photo : photo.withFaces(seen.faces());
      case JobEvent.MatchSeen match ->
          isLate(job, photo, event)
              ? photo
              : photo.withMatch(
                  new PhotoFacts.Match(match.rematch(), match.faces(), match.people()));
      case JobEvent.DeliverySeen said ->
          photo.withDelivery(said.friendId(), new PhotoFacts.Pair(said.seq(), said.state()));
      case JobEvent.Died died -> died(job, photo, died);
      case JobEvent.CleanupSeen _, JobEvent.Submitted _, JobEvent.Commanded _ -> photo;
    };
  }

  /** Of a run that is over, or of one before that in which the photo was queued again. */
  private static boolean isLate(JobFacts job, PhotoFacts photo, JobEvent event) {
    return event.head().run() < photo.run() || photo.run() <= job.runs().ended();
  }

  /** A task that a RESUME could not know of yet is queued again like those that it knew. */
  private static PhotoFacts task(
      JobFacts job, PhotoFacts photo, JobEvent.TaskSeen task, List<Effect> effects) {
    var taken = photo.withTask(task.settled());
    if (photo.queued()
        || !job.runs().resumedAfter(taken.run())
        || !Selection.ALL.takes(job, task.photoId(), taken)) {
      return taken;
    }
    effects.add(new Effect.QueueAgain(task));
    return taken.again(job.runs().open());
  }

  private static PhotoFacts died(JobFacts job, PhotoFacts photo, JobEvent.Died died) {
    if (settlesPhoto(died)) {
      return isLate(job, photo, died)
          ? photo
          : photo.withDeath(new PhotoFacts.Cause(died.code(), died.signature()));
    }
    return died.source().equals(Topics.MATCH_RESULT.name()) && died.head().run() >= photo.run()
        ? photo.withUndeliverable(died.code())
        : photo;
  }

  private static boolean settlesPhoto(JobEvent.Died died) {
    return died.photoId() != null && WORK_TOPICS.contains(died.source());
  }

  private static JobFacts job(JobFacts job, JobEvent event, Retention retention, long now) {
    return switch (event) {
      case JobEvent.TaskSeen task -> job.with(job.intake().withJobTotal(task.jobTotal()));
      case JobEvent.MatchSeen match -> seen(job, match);
      case JobEvent.CleanupSeen done -> job.with(job.cleaning().answer(done.seq()));
      case JobEvent.Submitted said -> job.with(job.intake().withSubmission(said.submission()));
      case JobEvent.Commanded said -> JobCommands.take(job, said, retention, now);
      case JobEvent.Died died -> settlesPhoto(died) ? seen(job, died) : died(job, died, now);
      case JobEvent.FacesSeen _, JobEvent.DeliverySeen _ -> job;
    };
  }

  /** What is read after an end does not move the end. */
  private static JobFacts seen(JobFacts job, JobEvent event) {
    return JobMoves.isTerminal(job.state())
        ? job
        : job.with(job.runs().seen(event.head().origin()));
  }

  private static JobFacts died(JobFacts job, JobEvent.Died died, long now) {
    if (died.source().equals(Topics.JOB_CONTROL.name())) {
      return job.with(job.intake().asRefused(died.code()));
    }
    // Storage that could not be cleaned is asked for again, or the job would wait for ever.
    return died.source().equals(Topics.CLEANUP.name())
            && job.cleaning().requests() > 0
            && JobMoves.isCleaned(job.state())
        ? job.with(job.cleaning().again(now + CLEAN_AGAIN.toMillis()))
        : job;
  }

  private static Folded advance(
      Folded folded, @Nullable JobFacts before, Retention retention, long now) {
    var effects = new ArrayList<>(folded.effects());
    var job = closed(folded.job());
    var commanded = before != null && !job.commands().equals(before.commands());
    if (commanded || (before != null && job.state() != before.state())) {
      effects.add(new Effect.Publish(job));
    }
    for (var move = JobMoves.next(job, now); move.isPresent(); move = JobMoves.next(job, now)) {
      job = moved(job, move.get(), retention, now, effects);
    }
    if (before == null && effects.stream().noneMatch(Effect.Publish.class::isInstance)) {
      effects.add(new Effect.Publish(job));
    }
    return new Folded(job, folded.photo(), effects);
  }

  private static JobFacts moved(
      JobFacts job, JobMoves.Move move, Retention retention, long now, List<Effect> effects) {
    JobMoves.require(job.state(), move.to());
    var next =
        JobMoves.isTerminal(move.to())
            ? ended(job, move.to(), move.failure(), retention, now)
            : job.in(move.to(), null, null);
    if (move.to() == JobState.CLEANING) {
      next = askCleanup(next, now, effects);
    }
    effects.add(new Effect.Publish(next));
    return next;
  }

  /** Ends every run up to the present; photos in flight go with it. */
  static JobFacts ended(
      JobFacts job, JobState state, @Nullable FailureCode why, Retention retention, long now) {
    JobMoves.require(job.state(), state);
    var next = job.in(state, why, now).with(job.runs().endedAs(state, why));
    if (state == JobState.COMPLETED) {
      return next;
    }
    var left = state == JobState.CANCELLED ? PhotoState.CANCELLED : PhotoState.FAILED;
    return next.with(next.tally().ended(left))
        .with(next.cleaning().again(now + retention.cleanupGrace().toMillis()));
  }

  private static JobFacts askCleanup(JobFacts job, long now, List<Effect> effects) {
    effects.add(new Effect.AskCleanup(job.cleaning().requests()));
    return job.with(job.cleaning().asked(now));
  }

  private static Folded cleanAgain(Folded folded, long now) {
    var effects = new ArrayList<>(folded.effects());
    return new Folded(askCleanup(folded.job(), now, effects), folded.photo(), effects);
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
