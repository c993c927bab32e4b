package facesort.inference.kafka;

import facesort.inference.task.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One line for what became of a record; which record it was is in the line's keys. */
final class OutcomeLog {
  private static final Logger log = LoggerFactory.getLogger(OutcomeLog.class);

  private OutcomeLog() {}

  /** Writes the line; job and task are named if the event names them. */
  static void write(ConsumerRecord<?, ?> record, @Nullable SpecificRecord event, Outcome outcome) {
    Map<String, String> keys = keys(record, event);
    keys.forEach(MDC::put);
    try {
      switch (outcome) {
        case Outcome.Publish<?> publish -> log.info("published {}", publish.topic().name());
        case Outcome.Refuse(var why) -> log.warn("dead letter {}: {}", why.code(), why.message());
        case Outcome.Skip(var why) -> log.info("skipped: {}", why);
      }
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
