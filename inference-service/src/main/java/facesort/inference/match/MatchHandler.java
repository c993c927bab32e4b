package facesort.inference.match;

import facesort.inference.task.Outcome;
import facesort.inference.task.Task;
import facesort.inference.task.TaskHandler;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.PartitionOffset;
import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The role match: compares the faces of each photo with the owner's friends. Before that it waits
 * for the friends that the job was submitted with, counted from when the faces were found; after
 * the wait it goes on without them and says so.
 */
public final class MatchHandler implements TaskHandler<FacesDetected> {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Galleries galleries;
  private final MatchEvent events;
  private final Duration longestWait;
  private final Clock clock;

  /** Decides by this policy; waits so long for friends. */
  public MatchHandler(Galleries galleries, MatchPolicy policy, Duration longestWait, Clock clock) {
    this.galleries = galleries;
    this.events = new MatchEvent(policy, clock);
    this.longestWait = longestWait;
    this.clock = clock;
  }

  @Override
  public List<Outcome> handle(List<Task<FacesDetected>> tasks) {
    Instant now = clock.instant();
    return tasks.stream().map(task -> outcome(task, now)).toList();
  }

  private Outcome outcome(Task<FacesDetected> task, Instant batchStart) {
    FacesDetected faces = task.event();
    if (!isValid(faces)) {
      return refused(faces);
    }
    Instant found = faces.getOccurredAt();
    Instant waitFrom = found.isBefore(batchStart) ? found : batchStart;
    boolean late = !answeredBefore(faces, waitFrom.plus(longestWait));
    return new Outcome.Publish<>(
        Topics.MATCH_RESULT,
        faces.getTaskId(),
        events.of(task, galleries.friends(faces.getOwnerId()), late));
  }

  private boolean answeredBefore(FacesDetected faces, Instant deadline) {
    List<PartitionOffset> upto = faces.getProfilesUpto();
    try {
      while (upto != null && !galleries.answered(faces.getOwnerId(), upto)) {
        if (!clock.instant().isBefore(deadline)) {
          return false;
        }
        galleries.awaitChange(LOOK_AGAIN);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for friends", e);
    }
  }

  private static boolean isValid(FacesDetected faces) {
    return EventIds.isValid(faces.getOwnerId())
        && EventIds.isValid(faces.getJobId())
        && EventIds.isValid(faces.getPhotoId())
        && faces.getFaces().stream()
            .allMatch(face ->
                face.getEmbedding() == null
                    || face.getEmbedding().remaining() == faces.getDimension() * Float.BYTES);
  }

  private static Outcome refused(FacesDetected faces) {
    return new Outcome.Refuse(
        DeadLetter.about(FailureCode.INVALID_EVENT, "Not faces of this contract", faces));
  }
}
