package facesort.ingest.web;

import org.jspecify.annotations.Nullable;

/**
 * The JSON of a command that means the whole job.
 *
 * @param reason why, for people
 */
record ReasonBody(@Nullable String reason) {

  /** The reason, checked. */
  @Nullable String checked() {
    return reason == null ? null : JobBody.text("reason", reason);
  }
}
