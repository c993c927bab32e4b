package facesort.state.readmodel;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A friend as he or she is shown.
 *
 * @param gallery the answer of enrolment to the newest profile version it has seen; null before
 */
public record FriendView(
    String friendId, String name, boolean consent, long profileVersion, @Nullable Gallery gallery) {

  /**
   * An answer of enrolment.
   *
   * @param exemplars vectors the friend is matched by
   * @param references one answer per reference photo
   */
  public record Gallery(
      String state,
      @Nullable String code,
      long profileVersion,
      int exemplars,
      JsonNode references) {}
}
