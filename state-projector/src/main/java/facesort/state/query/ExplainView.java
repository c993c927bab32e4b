package facesort.state.query;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a photo came to a friend, or why it did not.
 *
 * @param friendId the friend; null when only the photo was asked for
 * @param verdict SENT; RECALLED; HELD: waits for the owner; WAITING: goes on by itself; NOT_SENT.
 *     Without a friend MATCHED, WAITING or NOT_MATCHED
 * @param whyNot the first rule that stopped it; null when none did
 * @param steps what happened, in the order of a photo's way
 */
public record ExplainView(
    String jobId,
    String photoId,
    @Nullable String friendId,
    String verdict,
    @Nullable WhyNot whyNot,
    List<Step> steps) {

  /** A record of a topic; null where no record says so. */
  public record Place(String topic, int partition, long offset) {}

  /** A rule that stopped it, and the record that shows it. */
  public record WhyNot(
      String rule,
      String text,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset) {

    static WhyNot of(String rule, String text, @Nullable Place place) {
      return place == null
          ? new WhyNot(rule, text, null, null, null)
          : new WhyNot(rule, text, place.topic(), place.partition(), place.offset());
    }
  }

  /**
   * Something that happened.
   *
   * @param step submitted, queued, detected, matched, decided, failed, delivered
   * @param facts numbers and names it is made of
   */
  public record Step(
      String step,
      String text,
      @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable Instant at,
      Map<String, Object> facts) {

    static Step of(
        String step,
        String text,
        @Nullable Place place,
        @Nullable Instant at,
        Map<String, Object> facts) {
      return place == null
          ? new Step(step, text, null, null, null, at, facts)
          : new Step(step, text, place.topic(), place.partition(), place.offset(), at, facts);
    }
  }
}
