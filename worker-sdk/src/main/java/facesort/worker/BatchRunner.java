package facesort.worker;

import facesort.worker.policy.RecentTasks;
import facesort.worker.policy.RetryPolicy;
import facesort.worker.policy.RetryPolicy.Then;
import facesort.worker.telemetry.Traces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;

/**
 * Takes a polled batch through its steps: validate, idempotency, cancelled, process, publish,
 * results, commit. The container has opened a transaction around it: what follows, dead letters and
 * the batch's offsets are committed together or not at all. Everything is sent at the end, because
 * the broker gives a transaction ten seconds from the first record.
 *
 * <p>Answers are kept until they are committed: a batch that is rolled back comes again, and only
 * what has no answer is worked on. Called by the lane's consumer thread alone.
 *
 * @param <T> type of what is read
 */
final class BatchRunner<T extends SpecificRecord>
    implements BatchConsumerAwareMessageListener<byte[], byte[]> {
  private final Lane<T> lane;
  private final LoadedStage<?, T, ?> stage;
  private final WorkerParts parts;
  private final Quarantine quarantine;
  private final BucketRunner<T> buckets;
  private final KafkaOperations<byte[], byte[]> kafka;
  private final RecentTasks recent = new RecentTasks(RecentTasks.USUAL_WINDOW);
  private final Map<TopicPartition, Map<Long, Answer.Final>> kept = new HashMap<>();
  private @Nullable Runnable onCommit;
  private boolean undecided;

  /** Up to where partitions are known to be done, after a commit whose answer was lost. */
  private final Map<TopicPartition, Long> done = new HashMap<>();

  BatchRunner(
      Lane<T> lane,
      LoadedStage<?, T, ?> stage,
      WorkerParts parts,
      ChildProcess child,
      KafkaOperations<byte[], byte[]> kafka) {
    this.lane = lane;
    this.stage = stage;
    this.parts = parts;
    this.quarantine = new Quarantine(parts.settings().batch(), this::forget);
    this.buckets = new BucketRunner<>(lane, stage, parts, quarantine, child);
    this.kafka = kafka;
  }

  Quarantine quarantine() {
    return quarantine;
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> polled) {
    Instant begun = parts.clock().instant();
    long start = System.nanoTime();
    Consumer<?, ?> consumer = Objects.requireNonNull(polled);
    onCommit = null;
    try (Traces.Step _ = parts.traces().batch(stage.stage().name(), lane.name(), records.size())) {
      quarantine.beginBatch(consumer, records);
      List<Received<T>> batch = parts.steps().step("validate", () -> validate(records));
      parts.steps().step("idempotency", () -> recognise(batch, consumer));
      work(batch, consumer);
      quarantine.allRan(consumer, records);
      parts.steps().step("results", () -> writeResults(batch, begun));
      parts.steps().step("commit", () -> send(batch));
      Runnable careful = quarantine.committing(records, consumer);
      onCommit =
          () -> {
            committed(batch, start);
            careful.run();
            buckets.endChild();
          };
    } catch (Error e) {
      // An error would end the consuming thread while everything else looks healthy.
      throw new IllegalStateException("The batch failed: " + e, e);
    }
  }

  /** To be called when nothing has come for a while. */
  void idle(Consumer<?, ?> consumer) {
    quarantine.idle(consumer);
    buckets.endChild();
  }

  /** To be called as soon as a transaction is committed; returns whether it was a batch's. */
  boolean afterCommit() {
    Runnable next = onCommit;
    onCommit = null;
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  /** To be called when a commit failed: the broker may have committed, and its answer was lost. */
  void notCommitted() {
    undecided = onCommit != null || undecided;
    onCommit = null;
  }

  private List<Received<T>> validate(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Received<T>> batch = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      batch.add(stage.receive(record));
    }
    return batch;
  }

  /** Settles what was answered before: in a batch that was rolled back, or in an earlier one. */
  private void recognise(List<Received<T>> batch, Consumer<?, ?> consumer) {
    if (undecided) {
      lookUp(consumer);
    }
    Set<RecentTasks.TaskKey> inBatch = new HashSet<>();
    for (Received<T> received : batch) {
      if (isDone(received.record())) {
        received.settle(new Answer.Skip("committed already"));
      }
      if (!received.isOpen()) {
        continue;
      }
      ConsumerRecord<byte[], byte[]> record = received.record();
      Answer.Final before = kept.getOrDefault(partition(record), Map.of()).get(record.offset());
      RecentTasks.TaskKey key = received.knownAs(key(received.task()));
      if (before != null) {
        received.settle(before);
        inBatch.add(key);
      } else if (!inBatch.add(key) || recent.seen(record.topic(), record.partition(), key)) {
        received.settle(new Answer.Skip("repeated"));
      }
    }
    parts.results().ifPresent(results -> results.find(open(batch), stage.model()));
  }

  /** Of a commit whose answer was lost the group's offsets tell whether it happened. */
  private void lookUp(Consumer<?, ?> consumer) {
    consumer
        .committed(consumer.assignment())
        .forEach((partition, next) -> {
          if (next != null) {
            done.put(partition, next.offset());
          }
        });
    undecided = false;
  }

  private boolean isDone(ConsumerRecord<?, ?> record) {
    return record.offset() < done.getOrDefault(partition(record), 0L);
  }

  private void work(List<Received<T>> batch, Consumer<?, ?> consumer) {
    List<Received<T>> open = open(batch);
    try {
      while (!open.isEmpty()) {
        Instant round = parts.clock().instant();
        buckets.run(open, batch, consumer);
        open = open(open);
        for (Received<T> received : open) {
          judge(received, round);
        }
        open = open(open);
        pause(open);
      }
    } finally {
      batch.stream().filter(received -> !received.isOpen()).forEach(this::keep);
    }
  }

  /**
   * Decides what a failed try means: again, never again, or that nobody can work now. What answered
   * before this round began may have gone away since.
   */
  private void judge(Received<T> received, Instant round) {
    Answer.Failed failure = received.failure();
    if (failure == null) {
      return;
    }
    if (failure.dependency().equals(LoadedStage.REGISTRY)
        || stage.isDown(failure.dependency(), round)) {
      throw new WorkMustWait(failure.dependency(), failure.why());
    }
    RetryPolicy.Rule rule = parts.policy().rule(failure.code());
    if (received.attempts() == rule.attempts() - 1 && rule.then() == Then.DEAD_LETTER) {
      received.task().lastTry();
    }
    if (received.attempts() >= rule.attempts()) {
      switch (rule.then()) {
        case DEAD_LETTER ->
            received.settle(
                LoadedStage.refused(
                    received.task(), failure.code(), failure.why(), received.attempts()));
        case WAIT -> throw new WorkMustWait(failure.code().name(), failure.why());
      }
    }
  }

  private void pause(List<Received<T>> open) {
    int attempts = open.stream().mapToInt(Received::attempts).max().orElse(0);
    if (attempts > 0) {
      Duration pause = parts.policy().pause(attempts, parts.random());
      LockSupport.parkNanos(pause.toNanos());
    }
  }

  private void writeResults(List<Received<T>> batch, Instant begun) {
    parts.results().ifPresent(results -> results.write(batch, stage.model(), begun));
  }

  private void send(List<Received<T>> batch) {
    List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
    var _ =
        kafka.execute(producer -> {
          for (Received<T> received : batch) {
            switch (received.answer()) {
              // A send that fails makes the transaction's commit fail; nobody needs its future.
              case Answer.Publish(var records) -> {
                for (ProducerRecord<byte[], byte[]> record : records) {
                  var _ = producer.send(record);
                }
              }
              case Answer.Refuse(var why) -> {
                letters.add(
                    parts
                        .deadLetters()
                        .of(received.record(), why, parts.policy().isRetryable(why.code())));
                for (ProducerRecord<byte[], byte[]> follows : stage.refused(received, why)) {
                  var _ = producer.send(follows);
                }
              }
              case Answer.Skip _ -> {}
            }
          }
          parts.letters().send(producer, letters);
          return true;
        });
  }

  private void committed(List<Received<T>> batch, long start) {
    for (Received<T> received : batch) {
      ConsumerRecord<byte[], byte[]> record = received.record();
      Map<Long, Answer.Final> answers = kept.get(partition(record));
      if (answers != null) {
        answers.remove(record.offset());
      }
      if (received.answer() instanceof Answer.Publish) {
        recent.add(record.topic(), record.partition(), received.key());
      }
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    parts.outcomes().tell(lane.name(), batch, took);
    parts.metrics().batch(lane.name(), took);
  }

  private void keep(Received<T> received) {
    if (!(received.answer() instanceof Answer.Skip)) {
      kept.computeIfAbsent(partition(received.record()), p -> new HashMap<>())
          .put(received.record().offset(), received.answer());
    }
  }

  private void forget(TopicPartition partition) {
    kept.remove(partition);
    done.remove(partition);
    recent.forget(partition.topic(), partition.partition());
  }

  private RecentTasks.TaskKey key(Task<T> task) {
    return RecentTasks.key(task.repeatId(), task.run(), stage.model(), "");
  }

  private List<Received<T>> open(List<Received<T>> batch) {
    return batch.stream().filter(Received::isOpen).toList();
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
