package facesort.ops.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went wrong in a job: each failure, and the failures of one cause as one. */
public record JobErrors(List<Failure> errors, List<Group> groups, long total) {

  /** Copies the lists; one that is missing is empty. */
  public JobErrors {
    errors = errors == null ? List.of() : List.copyOf(errors);
    groups = groups == null ? List.of() : List.copyOf(groups);
  }

  /**
   * One failure.
   *
   * @param resolution pending, retried or skipped
   */
  public record Failure(
      @Nullable String photoId,
      @Nullable String filename,
      @Nullable Integer face,
      @Nullable String friendId,
      @Nullable String stage,
      @Nullable String code,
      @Nullable String message,
      @Nullable String origin,
      int attempts,
      int run,
      @Nullable String resolution,
      @Nullable String signature,
      @Nullable String at) {}

  /** Failures of one signature. */
  public record Group(
      @Nullable String signature,
      @Nullable String code,
      @Nullable String stage,
      long count,
      @Nullable String example) {}
}
