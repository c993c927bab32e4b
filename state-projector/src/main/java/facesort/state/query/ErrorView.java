package facesort.state.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of a job that went wrong.
 *
 * @param face number of the face, when only a face was left out
 * @param friendId friend, when a delivery went wrong
 * @param stage where: ingest, detect, match, delivery, job, or the topic of the dead letter
 * @param origin record that failed, topic-partition@offset; null when there is none
 * @param resolution pending; retried: the photo was queued again since, or was matched all the
 *     same; skipped: nothing will be tried
 * @param signature what failures of one cause share
 */
public record ErrorView(
    @Nullable String photoId,
    @Nullable String filename,
    @Nullable Integer face,
    @Nullable String friendId,
    String stage,
    String code,
    @Nullable String message,
    @Nullable String origin,
    @Nullable Integer attempts,
    int run,
    String resolution,
    String signature,
    @Nullable Instant at) {

  /** Some errors, the newest first; all of them by cause, the most frequent first. */
  public record Page(List<ErrorView> errors, List<Group> groups, long total) {}

  /**
   * Failures of one cause.
   *
   * @param example message of one of them
   */
  public record Group(
      String signature, String code, String stage, long count, @Nullable String example) {}
}
