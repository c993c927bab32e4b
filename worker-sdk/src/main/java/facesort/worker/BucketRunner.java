package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.worker.policy.BucketCut;
import facesort.worker.policy.Turns;
import facesort.worker.policy.WorkMeasure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Cuts open tasks into buckets and has each worked on when it is the lane's turn: in this process,
 * or in its child when they are suspects. Called by the lane's consumer thread alone.
 *
 * @param <T> type of what is read
 */
final class BucketRunner<T extends SpecificRecord> {
  private final Lane<T> lane;
  private final LoadedStage<?, T, ?> stage;
  private final WorkerParts parts;
  private final Quarantine quarantine;
  private final ChildProcess child;
  private final BucketCut cut;
  private final WorkMeasure measure = new WorkMeasure();

  BucketRunner(
      Lane<T> lane,
      LoadedStage<?, T, ?> stage,
      WorkerParts parts,
      Quarantine quarantine,
      ChildProcess child) {
    this.lane = lane;
    this.stage = stage;
    this.parts = parts;
    this.quarantine = quarantine;
    this.child = child;
    this.cut =
        new BucketCut(
            stage.stage().buckets().stream().mapToInt(Integer::intValue).toArray(),
            parts.settings().bucketWork());
  }

  /** Tries each of these once. */
  void run(List<Received<T>> open, List<Received<T>> batch, Consumer<?, ?> consumer) {
    Deque<Received<T>> waiting = new ArrayDeque<>(open);
    Turns.Turn turn = null;
    try {
      while (!waiting.isEmpty()) {
        List<Received<T>> bucket = next(waiting);
        if (quarantine.isBatchCareful() || bucket.getFirst().isSuspect()) {
          // It may have to be started: meanwhile the other lane has the model.
          close(turn);
          var _ = child.ready();
        }
        turn = turn == null ? parts.turns().take(lane.kind()) : turn.next();
        List<Received<T>> wanted = parts.steps().step("cancelled", () -> notCancelled(bucket));
        if (!wanted.isEmpty()) {
          work(wanted, batch, consumer);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a turn", e);
    } finally {
      close(turn);
    }
  }

  private static void close(Turns.@Nullable Turn turn) {
    if (turn != null) {
      turn.close();
    }
  }

  private List<Received<T>> next(Deque<Received<T>> waiting) {
    List<Received<T>> bucket = new ArrayList<>();
    int size = cut.next(waiting.size(), measure.perTask());
    do {
      bucket.add(waiting.remove());
    } while (bucket.size() < size
        && !waiting.isEmpty()
        && !bucket.getFirst().isAlone()
        && !waiting.element().isAlone());
    return bucket;
  }

  private List<Received<T>> notCancelled(List<Received<T>> bucket) {
    List<Received<T>> wanted = new ArrayList<>();
    parts.cancellations().ifPresent(Cancellations::awaitFresh);
    for (Received<T> received : bucket) {
      if (parts.isCancelled(received.task())) {
        received.settle(new Answer.Skip("cancelled"));
      } else {
        wanted.add(received);
      }
    }
    return wanted;
  }

  private void work(List<Received<T>> bucket, List<Received<T>> batch, Consumer<?, ?> consumer) {
    parts.inFlight().begin(bucket);
    parts.metrics().inFlight(bucket.size());
    try {
      if (quarantine.isBatchCareful()) {
        if (quarantine.isBatchSingly()) {
          bucket.forEach(received -> suspect(received, batch, consumer));
        } else {
          together(bucket);
        }
      } else if (bucket.getFirst().isSuspect()) {
        alone(bucket.getFirst());
      } else {
        here(bucket);
      }
    } finally {
      parts.inFlight().end(bucket);
      parts.metrics().inFlight(-bucket.size());
    }
  }

  /** In this process. */
  private void here(List<Received<T>> bucket) {
    long begun = System.nanoTime();
    Map<Task<T>, Answer> answers = stage.answers(bucket, parts.deadline(), parts.steps());
    measure.record(bucket.size(), Duration.ofNanos(System.nanoTime() - begun));
    parts.metrics().bucket(bucket.size());
    parts.metrics().device(stage.device());
    for (Received<T> received : bucket) {
      Answer answer = answers.getOrDefault(received.task(), new Answer.OverTime());
      if (answer instanceof Answer.OverTime && bucket.size() > 1) {
        // One of them is to blame, or none: each has the deadline for itself now.
        received.suspect();
      } else {
        take(received, answer);
      }
    }
    parts.metrics().abandonedThreads(stage.threads().abandoned());
    parts.renewal().check();
  }

  /** All at once in the child; when that dies each of them is looked at. */
  private void together(List<Received<T>> bucket) {
    long begun = System.nanoTime();
    switch (child.answers(records(bucket), parts.deadline())) {
      case ChildProcess.Answered(var answers) -> {
        measure.record(bucket.size(), Duration.ofNanos(System.nanoTime() - begun));
        for (int i = 0; i < bucket.size(); i++) {
          take(bucket.get(i), stage.traced(bucket.get(i), answers.get(i)));
        }
      }
      case ChildProcess.Died _, ChildProcess.Killed _ -> bucket.forEach(this::alone);
    }
  }

  /** Alone in the child, with its offset written down first: this worker may die with it. */
  private void suspect(Received<T> received, List<Received<T>> batch, Consumer<?, ?> consumer) {
    if (quarantine.convicts(received.record())) {
      take(received, crashed(received, "It ended the worker three times"));
      return;
    }
    // First: a kill from outside while the child starts is no record's doing.
    var _ = child.ready();
    quarantine.running(consumer, received.record(), firstOffset(batch, received.record()));
    alone(received);
  }

  /**
   * Alone in the child. Only the death of the child convicts, and only twice, each time of one that
   * had worked on nothing before: what it ran earlier may have harmed it.
   */
  private void alone(Received<T> received) {
    if (parts.isCancelled(received.task())) {
      take(received, new Answer.Skip("cancelled"));
      return;
    }
    if (received.isSuspect()) {
      child.close();
    }
    int deaths = 0;
    while (deaths < 2) {
      boolean fresh = child.isFresh();
      switch (child.answers(records(List.of(received)), parts.deadline())) {
        case ChildProcess.Answered(var answers) -> {
          take(received, stage.traced(received, answers.getFirst()));
          return;
        }
        case ChildProcess.Killed _ -> {
          take(received, new Answer.OverTime());
          return;
        }
        case ChildProcess.Died _ -> {
          parts.metrics().childDied();
          deaths += fresh ? 1 : 0;
        }
      }
    }
    take(received, crashed(received, "It ended the process that worked on it, twice"));
  }

  private Answer crashed(Received<T> received, String why) {
    return LoadedStage.refused(received.task(), FailureCode.NATIVE_CRASH, why, 2);
  }

  private void take(Received<T> received, Answer answer) {
    switch (answer) {
      case Answer.Final settled -> received.settle(settled);
      case Answer.Failed failed -> received.fail(failed);
      case Answer.OverTime() ->
          received.settle(
              LoadedStage.refused(
                  received.task(),
                  FailureCode.DEADLINE,
                  "It took longer than " + parts.deadline(),
                  1));
    }
  }

  /** The child is not needed any more unless a partition has suspects still. */
  void endChild() {
    if (!quarantine.isCareful()) {
      child.close();
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(List<Received<T>> bucket) {
    return bucket.stream().map(Received::record).toList();
  }

  private long firstOffset(List<Received<T>> batch, ConsumerRecord<?, ?> record) {
    return batch.stream()
        .map(Received::record)
        .filter(r -> r.partition() == record.partition() && r.topic().equals(record.topic()))
        .mapToLong(ConsumerRecord::offset)
        .min()
        .orElse(record.offset());
  }
}
