package facesort.ops.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A photo's way, and why it ended where it did.
 *
 * @param verdict in a word or a line
 * @param whyNot the first rule that stopped it; null when nothing did
 */
public record Explanation(
    String jobId,
    String photoId,
    @Nullable String friendId,
    String verdict,
    @Nullable Rule whyNot,
    List<Step> steps) {

  /** Copies the list; one that is missing is empty. */
  public Explanation {
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** A rule that stopped the photo, and the record it was applied to. */
  public record Rule(
      String rule,
      @Nullable String text,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset) {}

  /** One step, the record that tells it, and its figures. */
  public record Step(
      String step,
      @Nullable String text,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable String at,
      @Nullable Map<String, Object> facts) {}
}
