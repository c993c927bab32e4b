package facesort.worker;

import facesort.service.Heartbeat;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Tells what became of a task, once it is committed: in the metrics, in the heartbeat, and in one
 * line of the log whose keys name the record. Dead letters are warnings, all else is for debugging.
 */
final class Outcomes {
  private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

  private final Heartbeat heartbeat;
  private final WorkerMetrics metrics;

  Outcomes(Heartbeat heartbeat, WorkerMetrics metrics) {
    this.heartbeat = heartbeat;
    this.metrics = metrics;
  }

  /** Tells it. */
  <T extends SpecificRecord> void tell(Lane<T> lane, Received<T> received) {
    switch (received.answer()) {
      case Answer.Publish(var records) -> {
        heartbeat.processed(1);
        metrics.task(lane.name(), "published", "");
        write(Level.DEBUG, received, "published {} records", records.size());
      }
      case Answer.Refuse(var why) -> {
        heartbeat.failed(1);
        metrics.task(lane.name(), "refused", why.code().name());
        write(Level.WARN, received, "dead letter {}: {}", why.code(), why.message());
      }
      case Answer.Skip(var why) -> {
        metrics.task(lane.name(), "skipped", "");
        write(Level.DEBUG, received, "skipped: {}", why);
      }
    }
  }

  private static void write(Level level, Received<?> received, String text, Object... values) {
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    Map<String, String> keys = keys(received.record(), received.event());
    keys.forEach(MDC::put);
    try {
      log.atLevel(level).log(text, values);
    } finally {
      keys.keySet().forEach(MDC::remove);
    }
  }

  private static Map<String, String> keys(
      ConsumerRecord<?, ?> record, @Nullable SpecificRecord event) {
    Map<String, String> keys = new HashMap<>();
    keys.put("topic", record.topic());
    keys.put("partition", String.valueOf(record.partition()));
    keys.put("offset", String.valueOf(record.offset()));
    if (event != null) {
      putField(keys, "jobId", event, "job_id");
      putField(keys, "taskId", event, "task_id");
    }
    return keys;
  }

  /** Profiles belong to no job, and not every event to a task. */
  private static void putField(
      Map<String, String> keys, String key, SpecificRecord event, String name) {
    Schema.@Nullable Field field = event.getSchema().getField(name);
    if (field != null) {
      keys.put(key, String.valueOf(event.get(field.pos())));
    }
  }
}
