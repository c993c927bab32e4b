package facesort.state.query;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is, counted from its photos.
 *
 * @param photos photo counts by name; the first is the sum of the others
 * @param confidence compared faces by their best score, in 20 parts of 0.05 from 0 to 1; lower
 *     scores are in the first
 * @param friends how often each friend is on a photo, the most frequent first
 * @param stages how long photos took
 */
public record ProgressView(
    Map<String, Integer> photos,
    Faces faces,
    List<Bin> confidence,
    List<Friend> friends,
    List<Stage> stages,
    @Nullable Double ratePerSecond,
    @Nullable Long etaSeconds,
    String etaBasis) {

  /**
   * Faces of its photos.
   *
   * @param found faces found
   * @param compared faces that were compared with at least one friend
   * @param skipped faces that have no embedding
   */
  public record Faces(int found, int compared, int skipped) {}

  /** Faces with a best score from a number on and below another. */
  public record Bin(double from, double to, int faces) {}

  /**
   * A friend on the job's photos.
   *
   * @param photos photos that he or she is on, accepted or held
   */
  public record Friend(String friendId, @Nullable String name, int photos, int sent, int held) {}

  /**
   * Times of one stage: wait (queued to begun), detect, match (detected to matched), delivery
   * (matched to closed).
   *
   * @param count photos, or pairs of photo and friend, that passed it
   */
  public record Stage(String stage, int count, long p50Millis, long p95Millis) {}
}
