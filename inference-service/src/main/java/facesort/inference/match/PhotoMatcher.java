package facesort.inference.match;

import facesort.schemas.Causation;
import facesort.schemas.FacesDetected;
import facesort.schemas.MatchResult;
import facesort.schemas.PartitionOffset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Compares the faces of each photo with the owner's friends. Before that it waits for the friends
 * that the job was submitted with, counted from when the faces were found; after the wait it goes
 * on without them and says so.
 */
public final class PhotoMatcher {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Galleries galleries;
  private final MatchPolicy policy;
  private final MatchEvent events;
  private final Duration longestWait;
  private final Clock clock;

  /** Decides by this policy; waits so long for friends. */
  PhotoMatcher(Galleries galleries, MatchPolicy policy, Duration longestWait, Clock clock) {
    this.galleries = galleries;
    this.policy = policy;
    this.events = new MatchEvent(policy, clock);
    this.longestWait = longestWait;
    this.clock = clock;
  }

  /** Names the way faces are compared and its limits: with others the same faces are other work. */
  String id() {
    return "cosine-2/%s/%s/%s".formatted(policy.threshold(), policy.margin(), policy.reviewFrom());
  }

  /**
   * Matches a photo's faces; blocks while it waits for friends.
   *
   * @param causation where the faces were read
   * @param begun now or before; the wait is counted from here when the faces were found later
   */
  MatchResult match(FacesDetected faces, Causation causation, Instant begun)
      throws InterruptedException {
    Instant found = faces.getOccurredAt();
    Instant waitFrom = found.isBefore(begun) ? found : begun;
    boolean late = !answeredBefore(faces, waitFrom.plus(longestWait));
    return events.of(faces, causation, galleries.of(faces.getOwnerId()), late);
  }

  private boolean answeredBefore(FacesDetected faces, Instant deadline)
      throws InterruptedException {
    List<PartitionOffset> upto = faces.getProfilesUpto();
    while (upto != null && !galleries.answered(faces.getOwnerId(), upto)) {
      if (!clock.instant().isBefore(deadline)) {
        return false;
      }
      galleries.awaitChange(LOOK_AGAIN);
    }
    return true;
  }
}
