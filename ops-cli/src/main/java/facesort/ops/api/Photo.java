package facesort.ops.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A photo of a job as the projector knows it.
 *
 * @param position place in the submission, from 0
 * @param code why it failed, else null
 * @param message one line about it
 * @param duplicateOf photo with the same bytes, else null
 * @param faces number of faces found
 * @param people friends recognised on it
 */
public record Photo(
    String photoId,
    int position,
    @Nullable String filename,
    String state,
    @Nullable String code,
    @Nullable String message,
    @Nullable String duplicateOf,
    int faces,
    @Nullable List<Person> people) {

  /** Its name for people. */
  public String title() {
    return filename == null ? photoId : filename;
  }

  /** Friends recognised on it; empty when there is nobody. */
  public List<Person> recognised() {
    return Objects.requireNonNullElse(people, List.of());
  }

  /**
   * A friend on a photo.
   *
   * @param score cosine, 0 to 1
   * @param decision MATCHED or REVIEW
   * @param delivery where the delivery stands
   * @param cause why it was dropped or refused, else null
   * @param channel folder, telegram or none
   */
  public record Person(
      String friendId,
      @Nullable String name,
      double score,
      @Nullable String decision,
      @Nullable String delivery,
      @Nullable String cause,
      @Nullable String channel) {

    /** The friend's name for people. */
    public String title() {
      return name == null ? friendId : name;
    }
  }
}
