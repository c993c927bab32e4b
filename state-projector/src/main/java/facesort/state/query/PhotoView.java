package facesort.state.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A photo as it is shown.
 *
 * @param run run in which it was last queued
 * @param code why it failed, or DUPLICATE; null otherwise
 * @param faces faces found; 0 before
 */
public record PhotoView(
    String photoId,
    int position,
    @Nullable String filename,
    String state,
    int run,
    @Nullable String code,
    @Nullable String message,
    @Nullable String duplicateOf,
    int faces,
    List<Person> people) {

  /**
   * A friend on it.
   *
   * @param name null when the profile is gone
   * @param decision MATCHED or REVIEW
   * @param delivery state of the pair
   */
  public record Person(
      String friendId,
      @Nullable String name,
      @Nullable Float score,
      String decision,
      String delivery,
      @Nullable String cause,
      @Nullable String channel) {}

  /** Some photos in list order, and how many there are. */
  public record Page(List<PhotoView> photos, long total) {}

  PhotoView with(List<Person> found) {
    return new PhotoView(
        photoId, position, filename, state, run, code, message, duplicateOf, faces, found);
  }
}
