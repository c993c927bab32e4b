package facesort.local.process;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One slot as it stands.
 *
 * @param pid of the newest process in the slot; 0 before the first
 * @param since when that process was started
 * @param restarts how often the slot was filled again
 */
public record ProcessStatus(
    String name, State state, long pid, Instant since, int restarts, Path log) {
  /** A slot's life. */
  public enum State {
    /** Started, not ready yet. */
    STARTING,
    /** Ready. */
    UP,
    /** Ended by itself, waiting to be started again. */
    RESTARTING,
    /** Ended by itself and left so, or never became ready. */
    ENDED,
    /** Stopped by the supervisor. */
    STOPPED
  }
}
