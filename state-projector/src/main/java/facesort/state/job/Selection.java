package facesort.state.job;

import facesort.schemas.FailureCode;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the photos that are FAILED or CANCELLED a command means: those that meet every list that
 * is not empty. What ingest settled is never selected.
 *
 * @param photoIds photos; empty = any
 * @param codes failure codes; empty = any
 * @param signatures failure signatures; empty = any
 */
record Selection(NavigableSet<String> photoIds, Set<FailureCode> codes, Set<String> signatures) {

  /** Everything that was not finished. */
  static final Selection ALL = new Selection(new TreeSet<>(), Set.of(), Set.of());

  boolean isEmpty() {
    return photoIds.isEmpty() && codes.isEmpty() && signatures.isEmpty();
  }

  /** True when the photo is meant and its original is still there. */
  boolean takes(JobFacts job, String photoId, PhotoFacts photo) {
    return means(job, photoId, photo) && !isGone(job, photo);
  }

  /** Counts one photo. */
  Selected count(JobFacts job, String photoId, PhotoFacts photo) {
    if (!means(job, photoId, photo)) {
      return Selected.NONE;
    }
    return isGone(job, photo) ? new Selected(0, 1) : new Selected(1, 0);
  }

  static boolean isGone(JobFacts job, PhotoFacts photo) {
    return job.cleaning().isGone(photo.state(job.runs()), photo.run());
  }

  private boolean means(JobFacts job, String photoId, PhotoFacts photo) {
    return photo.mayRunAgain(job.runs())
        && (photoIds.isEmpty() || photoIds.contains(photoId))
        && ((codes.isEmpty() && signatures.isEmpty())
            || photo.causes(job.runs()).stream().anyMatch(this::means));
  }

  private boolean means(PhotoFacts.Cause cause) {
    return (codes.isEmpty() || codes.contains(cause.code()))
        && (signatures.isEmpty() || signatures.contains(cause.signature()));
  }

  /** What is left of it behind a photo. */
  Selection after(String photoId) {
    return photoIds.isEmpty()
        ? this
        : new Selection(new TreeSet<>(photoIds.tailSet(photoId, false)), codes, signatures);
  }
}
