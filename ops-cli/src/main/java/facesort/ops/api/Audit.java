package facesort.ops.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether every photo is accounted for.
 *
 * @param jobs jobs looked at
 * @param photos photos looked at
 * @param unaccounted photos that should be settled and are not
 * @param expired photos whose records are no longer kept, so that nobody can tell
 * @param unattributed failures that name no job
 * @param findings what is wrong, one by one
 */
public record Audit(
    long jobs,
    long photos,
    long unaccounted,
    long expired,
    long unattributed,
    List<Finding> findings) {

  /** Copies the list; one that is missing is empty. */
  public Audit {
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /** Whether nothing is missing. */
  public boolean isClean() {
    return unaccounted == 0 && findings.isEmpty();
  }

  /**
   * Something that is wrong.
   *
   * @param photoId the photo; null when it is about the whole job or about none
   */
  public record Finding(@Nullable String jobId, @Nullable String photoId, String what) {}
}
