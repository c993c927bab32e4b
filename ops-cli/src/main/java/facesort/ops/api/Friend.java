package facesort.ops.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A friend as the projector knows him or her.
 *
 * @param profileVersion milliseconds since 1970 or a little more
 * @param gallery the answer to a profile version, null before the first
 */
public record Friend(
    String friendId,
    @Nullable String name,
    boolean consent,
    long profileVersion,
    @Nullable Gallery gallery) {

  /**
   * What enrolment made of the reference photos.
   *
   * @param state ACCEPTED or REFUSED
   * @param code why refused, else null
   * @param profileVersion the version that this answers
   * @param exemplars number of faces to compare with
   */
  public record Gallery(
      String state,
      @Nullable String code,
      long profileVersion,
      int exemplars,
      @Nullable List<Reference> references) {

    /** Whether the friend can be recognised. */
    public boolean isAccepted() {
      return state.equals("ACCEPTED");
    }

    /** One answer for each reference photo. */
    public List<Reference> answers() {
      return Objects.requireNonNullElse(references, List.of());
    }
  }

  /**
   * The answer to one reference photo.
   *
   * @param key object key in the bucket
   * @param code why refused, else null
   * @param faces number of faces found
   * @param message one line about a refusal
   */
  public record Reference(
      @Nullable String key,
      boolean accepted,
      @Nullable String code,
      int faces,
      @Nullable String message) {}
}
