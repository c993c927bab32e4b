package facesort.ops.api;

import org.jspecify.annotations.Nullable;

/**
 * An answer of the projector, with what it says about its age.
 *
 * @param value the answer
 * @param json the same as it was sent: one line of JSON
 * @param stale true when it comes from a copy that is behind
 * @param asOf everything before this instant is in the answer, ISO-8601; null when not told
 * @param <T> form of the answer
 */
public record Reply<T>(T value, String json, boolean stale, @Nullable String asOf) {

  /** A line for people when the answer is old, else nothing. */
  public String warning() {
    return stale
        ? "This is a copy as of %s: the projector is catching up."
            .formatted(asOf == null ? "an unknown time" : asOf)
        : "";
  }
}
