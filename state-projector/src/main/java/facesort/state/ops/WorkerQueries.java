package facesort.state.ops;

import facesort.state.query.Json;
import facesort.state.query.QueryDatabase;
import facesort.state.query.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Which instances live, by one clock: the broker stamps heartbeats, and the newest stamp of all,
 * carried on by the database's clock since it was written, is what time it is at the broker. A
 * worker's own clock only tells how long it was on a task when it said so.
 */
public final class WorkerQueries {

  /** Heartbeats come every 3 s: three are missing. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final Duration LOST = Duration.ofSeconds(30);

  /** Heartbeats tell no deadline of a task; every stage's is shorter. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final String WORKERS =
      """
      WITH broker AS (
        SELECT seen_at + (clock_timestamp() - written_at) AS now FROM readmodel.worker
        ORDER BY seen_at DESC LIMIT 1
      )
      SELECT worker_id, service, role, slot, version, device, state, started_at, said_at,
        partitions, in_flight::text AS in_flight, processed, failed, per_minute,
        greatest(0, extract(epoch FROM broker.now - seen_at))::float8 AS age
      FROM readmodel.worker CROSS JOIN broker ORDER BY service, role, slot, worker_id
      """;

  private final QueryDatabase database;

  /** Over the read model. */
  public WorkerQueries(QueryDatabase database) {
    this.database = database;
  }

  /** A task as the table has it. */
  record InFlight(String taskId, String jobId, Instant since) {}

  /** All instances that ever said something and were not forgotten. */
  public Mono<WorkerView.Page> workers() {
    return database.read(
        snapshot -> snapshot.list(WORKERS, WorkerQueries::worker).map(WorkerView.Page::new));
  }

  private static WorkerView worker(Row row) {
    var age = row.columns().get("age", Double.class);
    var silent = Duration.ofMillis(age == null ? 0 : (long) (age * 1000));
    var state = row.text("state");
    var partitions = row.columns().get("partitions", String[].class);
    var perMinute = row.columns().get("per_minute", Double.class);
    return new WorkerView(
        row.text("worker_id"),
        row.text("service"),
        row.text("role"),
        row.integer("slot"),
        row.text("version"),
        row.text("device"),
        state,
        liveness(state, silent),
        seconds(silent),
        row.instant("started_at"),
        partitions == null ? List.of() : List.of(partitions),
        row.number("processed"),
        row.number("failed"),
        perMinute == null ? 0 : perMinute,
        tasks(row, silent));
  }

  private static String liveness(String state, Duration silent) {
    if (state.equals("STOPPED")) {
      return state;
    }
    if (silent.compareTo(LATE) <= 0) {
      return "LIVE";
    }
    return silent.compareTo(LOST) <= 0 ? "LATE" : "LOST";
  }

  private static List<WorkerView.Task> tasks(Row row, Duration silent) {
    var saidAt = row.instant("said_at");
    return Json.list(row.text("in_flight"), InFlight.class).stream()
        .map(task -> task(task, Duration.between(task.since(), saidAt).plus(silent)))
        .toList();
  }

  private static WorkerView.Task task(InFlight task, Duration age) {
    return new WorkerView.Task(task.taskId(), task.jobId(), seconds(age), age.compareTo(STUCK) > 0);
  }

  private static double seconds(Duration time) {
    return Math.round(time.toMillis() / 100.0) / 10.0;
  }
}
