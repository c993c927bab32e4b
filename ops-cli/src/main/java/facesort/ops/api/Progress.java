package facesort.ops.api;

import facesort.ops.api.Job.PhotoCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is, in numbers.
 *
 * @param confidence faces by the score of their best friend
 * @param friends photos by friend
 * @param stages how long each stage takes a photo
 * @param ratePerSecond photos settled a second, null when unknown
 * @param etaSeconds seconds to the last photo, null when unknown
 * @param etaBasis what the estimate is made from
 */
public record Progress(
    PhotoCounts photos,
    Faces faces,
    List<Bin> confidence,
    List<FriendCount> friends,
    List<Stage> stages,
    @Nullable Double ratePerSecond,
    @Nullable Double etaSeconds,
    @Nullable String etaBasis) {

  /** Copies the lists; one that is missing is empty. */
  public Progress {
    confidence = confidence == null ? List.of() : List.copyOf(confidence);
    friends = friends == null ? List.of() : List.copyOf(friends);
    stages = stages == null ? List.of() : List.copyOf(stages);
  }

  /** Number of faces by what became of them. */
  public record Faces(int found, int compared, int skipped) {}

  /** Faces whose score lies from one bound (included) to the other. */
  public record Bin(double from, double to, int faces) {}

  /** Photos that a friend is on, and what became of their delivery. */
  public record FriendCount(
      String friendId, @Nullable String name, int photos, int sent, int held) {}

  /** Time that photos spend in a stage, milliseconds. */
  public record Stage(
      String stage, long count, @Nullable Double p50Millis, @Nullable Double p95Millis) {}
}
