package facesort.state.query;

import facesort.state.query.ExplainView.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a photo and, if asked for, of a friend on it.
 *
 * @param photo null when nothing names the photo
 * @param friendId friend asked for; null when none was
 * @param friend null when the friend has no profile
 * @param pair null when match did not bring them together
 * @param unreadable dead letter of its match.result; null when delivery could read it
 * @param events history of the photo in order of time, and the job's commands
 */
record Evidence(
    JobView job,
    String photoId,
    @Nullable Photo photo,
    @Nullable String friendId,
    @Nullable FriendView friend,
    @Nullable Pair pair,
    @Nullable Dead unreadable,
    List<EventView> events) {

  /**
   * A photo.
   *
   * @param state as in the list of photos; null when no task of it was seen
   * @param task its task
   * @param detected its faces.detected
   * @param dead the dead letter that made it fail
   * @param matched its match.result, if it counts
   * @param match what it says, if it counts
   */
  record Photo(
      @Nullable String state,
      int run,
      @Nullable Place task,
      @Nullable Instant queuedAt,
      @Nullable String filename,
      @Nullable String settled,
      @Nullable String settledMessage,
      @Nullable String duplicateOf,
      @Nullable Place detected,
      @Nullable Integer faces,
      @Nullable Integer skipped,
      @Nullable Instant detectedAt,
      @Nullable Integer detectMillis,
      @Nullable Dead dead,
      @Nullable Place matched,
      @Nullable Instant matchedAt,
      @Nullable Match match) {}

  /** A dead letter. */
  record Dead(Place place, String code, @Nullable String message, Instant at) {}

  /** What match said. */
  record Match(
      float threshold,
      float margin,
      float reviewFrom,
      int comparedFriends,
      boolean galleryLate,
      List<Face> faces) {}

  /** A face and the decision about it. */
  record Face(
      int face,
      String decision,
      String rule,
      @Nullable String friendId,
      @Nullable Float score,
      @Nullable Float runnerUpMargin,
      @Nullable String skipped,
      List<Candidate> candidates) {

    Optional<Candidate> candidate(String friend) {
      return candidates.stream().filter(some -> some.friendId().equals(friend)).findFirst();
    }

    boolean isOf(String friend) {
      return friend.equals(friendId) && (decision.equals("MATCHED") || decision.equals("REVIEW"));
    }
  }

  /** A friend that a face was compared with. */
  record Candidate(String friendId, float score, @Nullable Long profileVersion) {}

  /** What delivery said last; no state when it said nothing. */
  record Pair(
      String decision,
      @Nullable String state,
      @Nullable String cause,
      @Nullable String code,
      @Nullable String message,
      @Nullable String channel,
      @Nullable String albumId,
      @Nullable Integer attempts,
      @Nullable Instant closedAt) {}

  /** The newest event of a topic, of the friend if it has one. */
  Optional<EventView> newest(String topic) {
    return events.stream()
        .filter(event -> event.topic().equals(topic))
        .filter(event -> event.friendId() == null || event.friendId().equals(friendId))
        .max(Comparator.comparingInt(EventView::run).thenComparing(EventView::at));
  }

  /** The face that is the friend's, or else the one that looks most like the friend. */
  Optional<Face> face(String friend) {
    if (photo == null || photo.match() == null) {
      return Optional.empty();
    }
    var faces = photo.match().faces();
    return faces.stream()
        .filter(face -> face.isOf(friend))
        .min(Comparator.comparing(Face::decision))
        .or(() ->
            faces.stream()
                .filter(face -> face.candidate(friend).isPresent())
                .max(
                    Comparator.comparingDouble(
                        face -> face.candidate(friend).map(Candidate::score).orElse(-1f))));
  }
}
