package facesort.inference.detect;

import facesort.inference.image.RejectedPhoto;
import facesort.inference.source.PhotoSource;
import facesort.inference.source.SourcePhoto;
import facesort.inference.task.Outcome;
import facesort.inference.task.Task;
import facesort.inference.task.TaskHandler;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import facesort.worker.CancelledJobs;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The role detect: reads each photo, finds its faces, says so. */
public final class DetectHandler implements TaskHandler<TaskQueued> {
  /** Photos in memory at once, each up to 50 MB. */
  private static final int AT_ONCE = 4;

  private static final Duration LIMIT = Duration.ofMinutes(9);

  private final PhotoSource source;
  private final PhotoExaminer examiner;
  private final CancelledJobs cancelled;
  private final Clock clock;

  /** Works with these; closes none of them. */
  public DetectHandler(
      PhotoSource source, PhotoExaminer examiner, CancelledJobs cancelled, Clock clock) {
    this.source = source;
    this.examiner = examiner;
    this.cancelled = cancelled;
    this.clock = clock;
  }

  @Override
  public List<Outcome> handle(List<Task<TaskQueued>> tasks) {
    return Objects.requireNonNull(
        Flux.fromIterable(tasks)
            .flatMapSequential(this::outcome, AT_ONCE)
            .collectList()
            .block(LIMIT));
  }

  private Mono<Outcome> outcome(Task<TaskQueued> task) {
    TaskQueued queued = task.event();
    if (queued.getSettled() != null) {
      return Mono.just(new Outcome.Skip("settled"));
    }
    if (!isValid(queued)) {
      return Mono.just(
          refused(
              queued, new RejectedPhoto(FailureCode.INVALID_EVENT, "Not a task of this contract")));
    }
    if (cancelled.isCancelled(queued.getJobId(), queued.getRun())) {
      return Mono.just(new Outcome.Skip("cancelled"));
    }
    long start = clock.millis();
    return source
        .read(queued.getOwnerId(), queued.getSource())
        .flatMap(photo -> found(task, photo, start))
        .onErrorResume(RejectedPhoto.class, rejected -> Mono.just(refused(queued, rejected)));
  }

  private Mono<Outcome> found(Task<TaskQueued> task, SourcePhoto photo, long start) {
    return examiner
        .examine(photo.bytes())
        .map(examined ->
            new Outcome.Publish<>(
                Topics.FACES_DETECTED,
                task.event().getTaskId(),
                FacesEvent.of(task, photo.ref(), examined, start, clock.instant())));
  }

  private static boolean isValid(TaskQueued task) {
    return EventIds.isValid(task.getJobId())
        && EventIds.isValid(task.getOwnerId())
        && EventIds.isValid(task.getPhotoId())
        && task.getKind() == TaskKind.FACES
        && task.getRun() >= 0
        && task.getTaskId()
            .equals(EventIds.task(task.getJobId(), task.getPhotoId(), TaskKind.FACES));
  }

  private static Outcome refused(TaskQueued task, RejectedPhoto why) {
    return new Outcome.Refuse(
        DeadLetter.about(why.code(), String.valueOf(why.getMessage()), why.attempts(), task));
  }
}
