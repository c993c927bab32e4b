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
      List<Answered> answers = answers(records);
      for (int i = 0; i < records.size(); i++) {
        settle(records.get(i), answers.get(i));
      }
    } catch (Error e) {
      // An error would end the consuming thread while everything else looks healthy.
      throw new IllegalStateException("The batch failed: " + e, e);
    }
  }

  private List<Answered> answers(List<ConsumerRecord<byte[], byte[]>> records) {
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
    return merged(records.size(), undecodable, tasks, handled);
  }

  private static <V extends SpecificRecord> List<Answered> merged(
      int size, Map<Integer, Outcome> undecodable, List<Task<V>> tasks, List<Outcome> handled) {
    if (handled.size() != tasks.size()) {
      throw new IllegalStateException(handled.size() + " outcomes for " + tasks.size() + " tasks");
    }
    List<Answered> all = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < size; i++) {
      Outcome known = undecodable.get(i);
      all.add(
          known != null
              ? new Answered(known, null)
              : new Answered(handled.get(next), tasks.get(next++).event()));
    }
    return all;
  }

  private void settle(ConsumerRecord<byte[], byte[]> record, Answered answer) {
    switch (answer.outcome()) {
      case Outcome.Publish<?> publish -> {
        send(followUp(publish));
        heartbeat.processed(1);
      }
      case Outcome.Refuse refuse -> {
        send(deadLetters.of(record, refuse.why()));
        heartbeat.failed(1);
      }
      case Outcome.Skip _ -> {}
    }
    OutcomeLog.write(record, answer.event(), answer.outcome());
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

  /** What becomes of a record; the event is null if none could be read. */
  private record Answered(Outcome outcome, @Nullable SpecificRecord event) {}
}
