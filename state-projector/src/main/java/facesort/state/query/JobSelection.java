package facesort.state.query;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of an owner.
 *
 * @param state state they have; null = any
 * @param search part of their name or id, in any case; null = any
 * @param limit most of them
 * @param offset how many to leave out
 */
public record JobSelection(
    String ownerId, @Nullable String state, @Nullable String search, int limit, long offset) {

  /** Whether it is one of them. */
  public boolean takes(JobView job) {
    return job.ownerId().equals(ownerId)
        && (state == null || state.equals(job.state()))
        && (search == null || contains(job.name(), search) || contains(job.jobId(), search));
  }

  private static boolean contains(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }
}
