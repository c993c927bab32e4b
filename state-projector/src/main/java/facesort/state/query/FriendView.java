package facesort.state.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @param warnings what the owner should look at; the friend is matched all the same
   */
  public record Gallery(
      String state,
      @Nullable String code,
      long profileVersion,
      int exemplars,
      List<Reference> references,
      List<Warning> warnings) {}

  /** What became of a reference photo. */
  public record Reference(
      String key, boolean accepted, @Nullable String code, int faces, @Nullable String message) {}

  /**
   * What the owner should look at.
   *
   * @param friendId the other friend, if there is one
   */
  public record Warning(
      String code, @Nullable String friendId, @Nullable Float score, String message) {}

  /** All friends. */
  public record Page(List<FriendView> friends) {}
}
