package facesort.state.job;

import org.jspecify.annotations.Nullable;

/**
 * A task as it was received, to queue its photo again.
 *
 * @param topic its lane
 * @param key its record's key
 * @param value its record's bytes
 */
record StoredTask(String topic, @Nullable Raw key, Raw value) {

  static StoredTask of(JobEvent.TaskSeen task) {
    return new StoredTask(
        task.head().origin().topic(), task.head().source().key(), task.original());
  }
}
