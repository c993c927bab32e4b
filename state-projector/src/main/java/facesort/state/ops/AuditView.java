package facesort.state.ops;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether every photo is accounted for.
 *
 * @param jobs jobs looked at
 * @param photos their photos
 * @param unaccounted photos that are neither in flight nor settled exactly once, or whose accepted
 *     pairs were never closed; 0 on a healthy system
 * @param expired photos of jobs that are older than the topics keep events: not judged
 * @param unattributed dead letters that name no job
 * @param findings what is wrong, 1,000 at most
 */
public record AuditView(
    long jobs,
    long photos,
    long unaccounted,
    long expired,
    long unattributed,
    List<Finding> findings) {

  /**
   * Something that does not add up.
   *
   * @param photoId the photo; null when only the job's numbers tell
   */
  public record Finding(String jobId, @Nullable String photoId, String what) {}
}
