package facesort.worker;

import facesort.worker.policy.CrashMark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * The crash marks of one lane's partitions. They are kept in the metadata of the committed offsets:
 * written when a partition is assigned, cleared when it is handed over in order. A mark that is
 * found set tells that a process died with this partition: then the next records are suspects and
 * run in a child. All methods are called by the lane's consumer thread, except {@link #partitions}.
 */
final class Quarantine implements ConsumerAwareRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(Quarantine.class);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final int suspects;
  private final Consumer<TopicPartition> forget;
  private final Map<TopicPartition, CrashMark> marks = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();
  private final Set<TopicPartition> lost = new HashSet<>();
  private final Set<TopicPartition> unmarked = new HashSet<>();
  private final Set<TopicPartition> inBatch = new HashSet<>();
  private String next = CrashMark.WORKING.text();

  /**
   * For one lane.
   *
   * @param suspects most records of one poll
   * @param forget told of each partition that goes away
   */
  Quarantine(int suspects, Consumer<TopicPartition> forget) {
    this.suspects = suspects;
    this.forget = forget;
  }

  /** The partitions of the lane now; any thread may ask. */
  Set<TopicPartition> partitions() {
    return Set.copyOf(marks.keySet());
  }

  /** Whether any partition has suspects; any thread may ask. */
  boolean isCareful() {
    return marks.values().stream().anyMatch(CrashMark::isCareful);
  }

  /** Whether the records of this batch must not run in this process. */
  boolean isBatchCareful() {
    return ofBatch().anyMatch(CrashMark::isCareful);
  }

  /** Whether they must run one at a time. */
  boolean isBatchSingly() {
    return ofBatch().anyMatch(CrashMark::singly);
  }

  private Stream<CrashMark> ofBatch() {
    return inBatch.stream().map(this::mark);
  }

  /** Whether this record ended the worker, with its child, each time it ran. */
  boolean convicts(ConsumerRecord<?, ?> record) {
    return mark(partition(record)).convicts(record.offset());
  }

  /** Writes down that a record is about to run, in case that the worker dies with its child. */
  void running(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      ConsumerRecord<?, ?> record,
      long batchStart) {
    TopicPartition partition = partition(record);
    CrashMark mark = mark(partition).running(record.offset());
    marks.put(partition, mark);
    consumer.commitSync(Map.of(partition, new OffsetAndMetadata(batchStart, mark.text())), LIMIT);
  }

  /** What the offsets carry that are committed next. */
  String metadata() {
    return next;
  }

  /** Writes down that no record runs any more: what ends the worker from now on is no record. */
  void allRan(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      List<? extends ConsumerRecord<?, ?>> batch) {
    if (!isBatchSingly()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> still = new HashMap<>();
    for (ConsumerRecord<?, ?> record : batch) {
      TopicPartition partition = partition(record);
      CrashMark mark = mark(partition).running(CrashMark.NOTHING);
      marks.put(partition, mark);
      still.putIfAbsent(partition, new OffsetAndMetadata(record.offset(), mark.text()));
    }
    consumer.commitSync(still, LIMIT);
  }

  /** Prepares {@link #metadata} for a batch, and returns what to do once it is committed. */
  Runnable committing(
      List<? extends ConsumerRecord<?, ?>> batch,
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer) {
    if (!isBatchCareful()) {
      next = CrashMark.WORKING.text();
      return () -> {};
    }
    Map<TopicPartition, OffsetAndMetadata> exact = new HashMap<>();
    Map<TopicPartition, List<Long>> offsets = new HashMap<>();
    for (ConsumerRecord<?, ?> record : batch) {
      offsets.computeIfAbsent(partition(record), p -> new ArrayList<>()).add(record.offset());
    }
    Map<TopicPartition, CrashMark> after = new HashMap<>();
    offsets.forEach((partition, ran) -> {
      long end = ends.getOrDefault(partition, Long.MAX_VALUE);
      CrashMark mark = mark(partition).after(ran.getLast(), ran.size(), end);
      after.put(partition, mark);
      exact.put(partition, new OffsetAndMetadata(ran.getLast() + 1, mark.text()));
    });
    next = common(after.values()).text();
    return () -> committed(after, exact, consumer);
  }

  /** A shared text has lost what is true of one partition: that is written again. */
  private void committed(
      Map<TopicPartition, CrashMark> after,
      Map<TopicPartition, OffsetAndMetadata> exact,
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer) {
    marks.putAll(after);
    if (after.size() > 1 && after.values().stream().anyMatch(CrashMark::isCareful)) {
      consumer.commitSync(exact, LIMIT);
    }
    if (!isCareful()) {
      log.info("suspects are through: records run in this process again");
    }
  }

  /**
   * All partitions of a transaction carry the same text: what is true of one record is left out.
   */
  private static CrashMark common(Collection<CrashMark> marks) {
    if (marks.size() == 1) {
      return marks.iterator().next();
    }
    return marks.stream()
        .filter(CrashMark::isCareful)
        .max(Comparator.comparingInt(CrashMark::left))
        .map(mark ->
            new CrashMark(
                true,
                mark.attempt(),
                mark.left(),
                CrashMark.NOTHING,
                0,
                CrashMark.NOTHING,
                List.of()))
        .orElse(CrashMark.WORKING);
  }

  /**
   * Looks after the marks before a batch: writes those that could not be written at the assignment,
   * and drops those of partitions in which no suspect is left.
   *
   * @throws KafkaException when the broker does not answer: then nothing may run yet
   */
  void beginBatch(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      List<? extends ConsumerRecord<?, ?>> batch) {
    markAssigned(consumer);
    inBatch.clear();
    batch.forEach(record -> inBatch.add(partition(record)));
    dropPassed(consumer);
  }

  /** To be called when nothing has come for a while: no batch holds a suspect any more. */
  void idle(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer) {
    inBatch.clear();
    dropPassed(consumer);
  }

  /** Drops the marks of partitions in which only a transaction's marker is left. */
  private void dropPassed(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer) {
    if (!isCareful()) {
      return;
    }
    marks.replaceAll((partition, mark) ->
        mark.isCareful()
                && !inBatch.contains(partition)
                && consumer.position(partition) >= ends.getOrDefault(partition, Long.MAX_VALUE)
            ? CrashMark.WORKING
            : mark);
  }

  @Override
  public void onPartitionsAssigned(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      Collection<TopicPartition> partitions) {
    unmarked.addAll(partitions);
    lost.removeAll(partitions);
    try {
      markAssigned(consumer);
    } catch (WakeupException e) {
      // Somebody stops the lane: the poll around this must end now, not when its time is over.
      consumer.wakeup();
    } catch (KafkaException e) {
      // Thrown here it would be swallowed with the marks; the next batch waits for them.
      log.warn("the marks of {} are not known yet: {}", unmarked, e.toString());
    }
  }

  private void markAssigned(org.apache.kafka.clients.consumer.Consumer<?, ?> consumer) {
    if (unmarked.isEmpty()) {
      return;
    }
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(unmarked));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(unmarked);
    Map<TopicPartition, Long> now = consumer.endOffsets(unmarked);
    Map<TopicPartition, CrashMark> found = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> marked = new HashMap<>();
    for (TopicPartition partition : unmarked) {
      OffsetAndMetadata last = committed.get(partition);
      long offset = last == null ? begins.getOrDefault(partition, 0L) : last.offset();
      long end = now.getOrDefault(partition, Long.MAX_VALUE);
      CrashMark mark =
          offset >= end
              ? CrashMark.WORKING
              : CrashMark.parse(last == null ? null : last.metadata()).assigned(suspects);
      if (mark.isCareful()) {
        log.warn(
            "a worker ended with {} at {}: its next {} records run in a child process",
            partition,
            offset,
            mark.left());
      }
      found.put(partition, mark);
      marked.put(partition, new OffsetAndMetadata(offset, mark.text()));
    }
    consumer.commitSync(marked, LIMIT);
    marks.putAll(found);
    ends.putAll(now);
    unmarked.clear();
  }

  /**
   * Comes before the container commits offsets past transaction markers up to its position. That
   * position may be past records that were polled and never worked on, as when the container is
   * stopped in that moment: moved back, nothing is committed here. The next owner begins at what is
   * committed.
   */
  @Override
  public void onPartitionsRevokedBeforeCommit(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      Collection<TopicPartition> partitions) {
    Set<TopicPartition> assigned = consumer.assignment();
    partitions.stream().filter(assigned::contains).forEach(p -> consumer.seek(p, 0));
  }

  @Override
  public void onPartitionsRevokedAfterCommit(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      Collection<TopicPartition> partitions) {
    Set<TopicPartition> own = new HashSet<>(partitions);
    own.removeAll(lost);
    try {
      Map<TopicPartition, OffsetAndMetadata> cleared = new HashMap<>();
      if (!own.isEmpty()) {
        consumer
            .committed(own)
            .forEach((partition, found) -> {
              if (found != null) {
                cleared.put(
                    partition,
                    new OffsetAndMetadata(
                        found.offset(), CrashMark.parse(found.metadata()).handedOver().text()));
              }
            });
        consumer.commitSync(cleared, LIMIT);
      }
    } catch (KafkaException e) {
      // The successor will be careful without need, and convict nobody.
      log.warn("the marks of {} could not be cleared: {}", own, e.toString());
    }
    forgetAll(partitions);
  }

  @Override
  public void onPartitionsLost(
      org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
      Collection<TopicPartition> partitions) {
    lost.addAll(partitions);
    forgetAll(partitions);
  }

  private void forgetAll(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      marks.remove(partition);
      unmarked.remove(partition);
      ends.remove(partition);
      forget.accept(partition);
    }
  }

  private CrashMark mark(TopicPartition partition) {
    return marks.getOrDefault(partition, CrashMark.WORKING);
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
