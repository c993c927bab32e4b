package facesort.worker;

import facesort.service.Heartbeat;
import facesort.worker.telemetry.Traces;
import facesort.worker.telemetry.WorkerMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
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

  private static final String PUBLISHED = "published";
  private static final String REFUSED = "refused";
  private static final String NONE = "NONE";

  private final String worker;
  private final Heartbeat heartbeat;
  private final WorkerMetrics metrics;

  Outcomes(String worker, Heartbeat heartbeat, WorkerMetrics metrics) {
    this.worker = worker;
    this.heartbeat = heartbeat;
    this.metrics = metrics;
  }

  /** Tells of a batch that took so long from its poll to its commit. */
  <T extends SpecificRecord> void tell(String lane, List<Received<T>> batch, Duration took) {
    Map<Counted, Integer> counts = new HashMap<>();
    for (Received<T> received : batch) {
      counts.merge(counted(received.answer()), 1, Integer::sum);
      write(received, took);
    }
    counts.forEach((what, number) -> {
      metrics.tasks(lane, what.outcome(), what.code(), number);
      switch (what.outcome()) {
        case PUBLISHED -> heartbeat.processed(number);
        case REFUSED -> heartbeat.failed(number);
        default -> {}
      }
    });
  }

  private record Counted(String outcome, String code) {}

  private static Counted counted(Answer.Final answer) {
    return switch (answer) {
      case Answer.Publish _ -> new Counted(PUBLISHED, NONE);
      case Answer.Refuse(var why) -> new Counted(REFUSED, why.code().name());
      case Answer.Skip _ -> new Counted("skipped", NONE);
    };
  }

  private void write(Received<?> received, Duration took) {
    switch (received.answer()) {
      case Answer.Publish(var records) ->
          write(Level.DEBUG, received, took, "published {} records", records.size());
      case Answer.Refuse(var why) ->
          write(Level.WARN, received, took, "dead letter {}: {}", why.code(), why.message());
      case Answer.Skip(var why) -> write(Level.DEBUG, received, took, "skipped: {}", why);
    }
  }

  private void write(
      Level level, Received<?> received, Duration took, String text, Object... values) {
    if (!log.isEnabledForLevel(level)) {
      return;
    }
    Map<String, String> keys = keys(received.record(), received.event());
    keys.put("worker", worker);
    keys.put("millis", String.valueOf(took.toMillis()));
    Traces.traceId(headers(received)).ifPresent(id -> keys.put("traceId", id));
    if (received.answer() instanceof Answer.Refuse(var why)) {
      keys.put("code", why.code().name());
      keys.put("attempt", String.valueOf(why.attempts()));
    }
    keys.forEach(MDC::put);
    try {
      log.atLevel(level).log(text, values);
    } finally {
      keys.keySet().forEach(MDC::remove);
    }
  }

  /** A task without a trace begins one with what follows from it. */
  private static Headers headers(Received<?> received) {
    return received.answer() instanceof Answer.Publish(var records) && !records.isEmpty()
        ? records.getFirst().headers()
        : received.record().headers();
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
