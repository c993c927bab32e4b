package facesort.state.readmodel;

import static facesort.state.readmodel.ColumnType.BIGINT;
import static facesort.state.readmodel.ColumnType.DOUBLE;
import static facesort.state.readmodel.ColumnType.INT;
import static facesort.state.readmodel.ColumnType.JSON;
import static facesort.state.readmodel.ColumnType.TEXT;
import static facesort.state.readmodel.ColumnType.TEXTS;
import static facesort.state.readmodel.ColumnType.TIME;

import facesort.schemas.InFlightTask;
import facesort.schemas.WorkerHeartbeat;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Table worker: the newest heartbeat of each instance, by the clock of the broker. */
final class WorkerRows {

  private static final Upsert HEARTBEAT =
      Upsert.into("worker")
          .key("worker_id")
          .set(TEXT, "service", "role")
          .set(INT, "slot")
          .set(TEXT, "version", "device", "state")
          .set(TIME, "started_at", "said_at")
          .set(TEXTS, "partitions")
          .set(JSON, "in_flight")
          .set(BIGINT, "processed", "failed")
          .set(DOUBLE, "per_minute")
          .set(TIME, "seen_at")
          .folding(WorkerRows::newer)
          .where("old.seen_at <= excluded.seen_at", "written_at = clock_timestamp()");

  private static final int SEEN_AT = HEARTBEAT.at("seen_at");

  private WorkerRows() {}

  static void write(
      WorkerHeartbeat heartbeat, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    rows.add(
        HEARTBEAT,
        heartbeat.getWorkerId(),
        heartbeat.getService(),
        heartbeat.getRole(),
        heartbeat.getSlot(),
        heartbeat.getVersion(),
        heartbeat.getDevice(),
        heartbeat.getState().name(),
        heartbeat.getStartedAt(),
        heartbeat.getOccurredAt(),
        Texts.json(heartbeat.getPartitions()),
        Texts.json(heartbeat.getInFlight().stream().map(WorkerRows::task).toList()),
        heartbeat.getProcessed(),
        heartbeat.getFailed(),
        heartbeat.getPerMinute(),
        Instant.ofEpochMilli(record.timestamp()));
  }

  static void remove(String workerId, SqlRows rows) {
    rows.run("DELETE FROM readmodel.worker WHERE worker_id = $1", workerId);
  }

  private static @Nullable Object[] newer(@Nullable Object[] one, @Nullable Object[] other) {
    return one[SEEN_AT] instanceof Instant first
            && other[SEEN_AT] instanceof Instant second
            && first.isAfter(second)
        ? one
        : other;
  }

  private static Map<String, Object> task(InFlightTask task) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("task_id", task.getTaskId());
    fields.put("job_id", task.getJobId());
    fields.put("since", task.getSince().toString());
    return fields;
  }
}
