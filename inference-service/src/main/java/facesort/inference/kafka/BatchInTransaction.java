package facesort.inference.kafka;

import facesort.inference.task.Outcome;
import facesort.inference.task.Task;
import facesort.schemas.Causation;
import facesort.schemas.FailureCode;
import facesort.schemas.UndecodableException;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.Heartbeat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Decodes a polled batch, has it worked on, and sends what follows. The container has opened a
 * transaction around it: outcomes, dead letters and the batch's offsets are committed together or
 * not at all. Everything is sent at the end, because the broker gives a transaction ten seconds
 * from the first record.
 *
 * @param <V> type of what is read
 */
final class BatchInTransaction<V extends SpecificRecord>
    implements BatchMessageListener<byte[], byte[]> {
  private static final Logger log = LoggerFactory.getLogger(BatchInTransaction.class);

  private final Lane<V> lane;
  private final Events events;
  private final DeadLetters deadLetters;
  private final Heartbeat heartbeat;
  private final KafkaOperations<byte[], byte[]> kafka;

  BatchInTransaction(
      Lane<V> lane,
      Events events,
      DeadLetters deadLetters,
      Heartbeat heartbeat,
      KafkaOperations<byte[], byte[]> kafka) {
    this.lane = lane;
    this.events = events;
    this.deadLetters = deadLetters;
    this.heartbeat = heartbeat;
    this.kafka = kafka;
  }

  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      List<Outcome> outcomes = outcomes(records);
      for (int i = 0; i < records.size(); i++) {
        settle(records.get(i), outcomes.get(i));
      }
    } catch (Error e) {
      // An error would end the consuming thread while everything else looks healthy.
      throw new IllegalStateException("The batch failed: " + e, e);
    }
  }

  private List<Outcome> outcomes(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<Integer, Outcome> undecodable = new HashMap<>();
    List<Task<V>> tasks = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      ConsumerRecord<byte[], byte[]> record = records.get(i);
      if (record.value() == null && lane.topic().compacted()) {
        undecodable.put(i, new Outcome.Skip("removed"));
        continue;
      }
      try {
        tasks.add(new Task<>(events.read(lane.topic(), record), causation(record)));
      } catch (UndecodableException e) {
        undecodable.put(
            i,
            new Outcome.Refuse(
                DeadLetter.unattributed(FailureCode.UNDECODABLE, String.valueOf(e.getMessage()))));
      }
    }
    List<Outcome> handled = tasks.isEmpty() ? List.of() : lane.handler().handle(tasks);
    return merged(records.size(), undecodable, handled);
  }

  private static List<Outcome> merged(
      int size, Map<Integer, Outcome> undecodable, List<Outcome> handled) {
    if (undecodable.size() + handled.size() != size) {
      throw new IllegalStateException(
          handled.size() + " outcomes for " + (size - undecodable.size()) + " tasks");
    }
    List<Outcome> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < size; i++) {
      Outcome known = undecodable.get(i);
      all.add(known != null ? known : handled.get(next++));
    }
    return all;
  }

  private void settle(ConsumerRecord<byte[], byte[]> record, Outcome outcome) {
    try (MDC.MDCCloseable _ = MDC.putCloseable("topic", record.topic());
        MDC.MDCCloseable _ = MDC.putCloseable("partition", String.valueOf(record.partition()));
        MDC.MDCCloseable _ = MDC.putCloseable("offset", String.valueOf(record.offset()))) {
      switch (outcome) {
        case Outcome.Publish<?> publish -> {
          send(followUp(publish));
          heartbeat.processed(1);
          log.debug("published {}", publish.topic().name());
        }
        case Outcome.Refuse refuse -> {
          send(deadLetters.of(record, refuse.why()));
          heartbeat.failed(1);
          logRefused(refuse.why());
        }
        case Outcome.Skip skip -> log.debug("skipped: {}", skip.why());
      }
    }
  }

  private static void logRefused(DeadLetter why) {
    try (MDC.MDCCloseable _ = MDC.putCloseable("job", orEmpty(why.jobId()));
        MDC.MDCCloseable _ = MDC.putCloseable("task", orEmpty(why.taskId()))) {
      log.warn("dead letter {}: {}", why.code(), why.message());
    }
  }

  private static String orEmpty(@Nullable String id) {
    return id == null ? "" : id;
  }

  private <F extends SpecificRecord> ProducerRecord<byte[], byte[]> followUp(
      Outcome.Publish<F> publish) {
    return events.record(publish.topic(), publish.key(), publish.event());
  }

  /** A send that fails makes the transaction's commit fail; nobody needs its future. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ = kafka.send(record);
  }

  private Causation causation(ConsumerRecord<byte[], byte[]> record) {
    return new Causation(record.topic(), record.partition(), record.offset());
  }
}
