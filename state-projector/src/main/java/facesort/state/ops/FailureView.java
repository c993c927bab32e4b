package facesort.state.ops;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that names no job.
 *
 * @param topic topic it is in
 * @param origin record that failed, topic-partition@offset; null when not known
 */
public record FailureView(
    String topic,
    int partition,
    long offset,
    @Nullable String origin,
    String code,
    @Nullable String message,
    @Nullable String service,
    @Nullable Integer attempts,
    @Nullable Integer replays,
    String signature,
    Instant at) {

  /** Some dead letters, the newest first, and how many there are. */
  public record Page(List<FailureView> failures, long total) {}
}
