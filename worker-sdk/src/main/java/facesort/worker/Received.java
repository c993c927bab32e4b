package facesort.worker;

import facesort.schemas.Causation;
import facesort.worker.policy.RecentTasks;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of the batch and what became of it so far. Used by the thread of its lane alone.
 *
 * @param <T> type of its event
 */
final class Received<T extends SpecificRecord> {
  private final ConsumerRecord<byte[], byte[]> record;
  private final @Nullable Task<T> task;
  private Answer.@Nullable Final answer;
  private Answer.@Nullable Failed failure;
  private RecentTasks.@Nullable TaskKey key;
  private int attempts;
  private boolean suspect;

  private Received(
      ConsumerRecord<byte[], byte[]> record,
      @Nullable Task<T> task,
      Answer.@Nullable Final answer) {
    this.record = record;
    this.task = task;
    this.answer = answer;
  }

  static <T extends SpecificRecord> Received<T> open(
      ConsumerRecord<byte[], byte[]> record, Task<T> task) {
    return new Received<>(record, task, null);
  }

  static <T extends SpecificRecord> Received<T> answered(
      ConsumerRecord<byte[], byte[]> record, Answer.Final answer) {
    return new Received<>(record, null, answer);
  }

  static <T extends SpecificRecord> Received<T> answered(
      ConsumerRecord<byte[], byte[]> record, Task<T> task, Answer.Final answer) {
    return new Received<>(record, task, answer);
  }

  static Causation causation(ConsumerRecord<?, ?> record) {
    return new Causation(record.topic(), record.partition(), record.offset());
  }

  ConsumerRecord<byte[], byte[]> record() {
    return record;
  }

  /** The task; there is one whenever the record is open. */
  Task<T> task() {
    return Objects.requireNonNull(task);
  }

  /** The event, null when none could be read. */
  @Nullable SpecificRecord event() {
    return task == null ? null : task.event();
  }

  boolean isOpen() {
    return answer == null;
  }

  /** Notes what a repeat of it would be known by. */
  RecentTasks.TaskKey knownAs(RecentTasks.TaskKey found) {
    this.key = found;
    return found;
  }

  /** What a repeat would be known by; noted of every record that was open. */
  RecentTasks.TaskKey key() {
    return Objects.requireNonNull(key);
  }

  /** The answer; there is one at the end of the batch. */
  Answer.Final answer() {
    return Objects.requireNonNull(answer);
  }

  /** Settles it. */
  void settle(Answer.Final found) {
    this.answer = found;
    this.failure = null;
  }

  /** Notes a try that failed. */
  void fail(Answer.Failed why) {
    this.attempts++;
    this.failure = why;
  }

  /** Notes that it was over time together with others, any of which may be to blame. */
  void suspect() {
    this.suspect = true;
  }

  /** Whether it must run in a child, by itself. */
  boolean isSuspect() {
    return suspect;
  }

  /** Whether it must run by itself. */
  boolean isAlone() {
    return suspect || (failure != null && failure.alone());
  }

  /** How its last try failed, null when it was not tried. */
  Answer.@Nullable Failed failure() {
    return failure;
  }

  /** How many tries failed. */
  int attempts() {
    return attempts;
  }
}
