package facesort.ops.api;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The instances of all services as their heartbeats tell. */
public record Workers(List<Instance> workers) {

  /** Copies the list; one that is missing is empty. */
  public Workers {
    workers = workers == null ? List.of() : List.copyOf(workers);
  }

  /**
   * One instance.
   *
   * @param liveness LIVE, LATE, LOST or STOPPED
   * @param ageSeconds since its last heartbeat, by the broker's time
   * @param perMinute tasks a minute
   */
  public record Instance(
      String workerId,
      String service,
      @Nullable String role,
      int slot,
      @Nullable String version,
      @Nullable String device,
      @Nullable String state,
      String liveness,
      double ageSeconds,
      long processed,
      long failed,
      @Nullable Double perMinute,
      @Nullable List<InFlight> inFlight) {

    /** Tasks it works on. */
    public List<InFlight> working() {
      return Objects.requireNonNullElse(inFlight, List.of());
    }

    /** How many of them are older than their deadline. */
    public long stuck() {
      return working().stream().filter(InFlight::stuck).count();
    }
  }

  /** A task that an instance works on. */
  public record InFlight(
      @Nullable String taskId, @Nullable String jobId, double ageSeconds, boolean stuck) {}
}
