package facesort.worker.policy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * The last tasks of each partition, so that a repeat costs no model call. Used by the one consumer
 * thread of a lane, which adds a task only once its batch is committed. About 2 MB a partition when
 * full.
 */
public final class RecentTasks {
  /** How many tasks of a partition are remembered, unless told otherwise. */
  public static final int USUAL_WINDOW = 20_000;

  /**
   * What makes two tasks the same work: 128 bits of the SHA-256 of its parts. Not a faster hash,
   * because ids and parameters come from outside: nobody can make two that meet, and by chance they
   * never do; one takes about a microsecond, next to milliseconds of work.
   *
   * @param high first 64 bits
   * @param low next 64 bits
   */
  public record TaskKey(long high, long low) {}

  private record Partition(String topic, int number) {}

  private final Map<Partition, LinkedHashSet<TaskKey>> recent = new HashMap<>();
  private final int window;

  /** Remembers so many tasks of each partition, at least 1. */
  public RecentTasks(int window) {
    this.window = window;
  }

  /** The key of a task run with these parameters; parts that differ anywhere give other keys. */
  public static TaskKey key(String taskId, int run, String modelId, String parameters) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      add(sha256, taskId);
      add(sha256, String.valueOf(run));
      add(sha256, modelId);
      add(sha256, parameters);
      ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
      return new TaskKey(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The length goes first, so that ("a", "bc") and ("ab", "c") differ. */
  private static void add(MessageDigest hash, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    hash.update(bytes);
  }

  /** True when the task is among the last of this partition. */
  public boolean seen(String topic, int partition, TaskKey key) {
    LinkedHashSet<TaskKey> keys = recent.get(new Partition(topic, partition));
    return keys != null && keys.contains(key);
  }

  /** Makes the task the newest of this partition; the oldest is forgotten if there are too many. */
  public void add(String topic, int partition, TaskKey key) {
    LinkedHashSet<TaskKey> keys =
        recent.computeIfAbsent(new Partition(topic, partition), _ -> new LinkedHashSet<>());
    keys.addLast(key);
    if (keys.size() > window) {
      keys.removeFirst();
    }
  }

  /** Forgets a partition that somebody else works on now: what it had done is not known here. */
  public void forget(String topic, int partition) {
    recent.remove(new Partition(topic, partition));
  }
}
