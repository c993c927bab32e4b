package facesort.ops.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** How far back the topics go, by the topics' own names. */
final class Kept {
  private final Map<String, List<Partition>> topics = new HashMap<>();

  /**
   * What one partition still has.
   *
   * @param firstOffset the first offset that is kept; above 0 when older records were removed
   * @param firstMillis time of the first record that is kept; null when there is none
   */
  record Partition(long firstOffset, @Nullable Long firstMillis) {

    /**
     * Whether a record written after that time may have been here and been removed. Retention
     * removes the oldest first: what came after the first record that is kept is still here.
     */
    boolean mayHaveLost(long writtenAfterMillis) {
      return firstOffset > 0 && (firstMillis == null || writtenAfterMillis <= firstMillis);
    }
  }

  /** Takes the partitions of a topic, in their order. */
  void put(String topic, List<Partition> partitions) {
    topics.put(topic, List.copyOf(partitions));
  }

  /** Whether records of the topic were removed at all. */
  boolean lacksAny(String topic) {
    return partitions(topic).stream().anyMatch(partition -> partition.firstOffset() > 0);
  }

  /** Whether the record with that key, written after that time, may have been removed. */
  boolean mayHaveLost(String topic, String key, long writtenAfterMillis) {
    List<Partition> partitions = partitions(topic);
    if (partitions.isEmpty()) {
      return false;
    }
    // As every producer of ours chooses it.
    int hash = Utils.toPositive(Utils.murmur2(Utils.utf8(key)));
    return partitions.get(hash % partitions.size()).mayHaveLost(writtenAfterMillis);
  }

  /** Whether a record of that partition, written after that time, may have been removed. */
  boolean mayHaveLost(String topic, int partition, long writtenAfterMillis) {
    List<Partition> partitions = partitions(topic);
    return partition < partitions.size()
        && partitions.get(partition).mayHaveLost(writtenAfterMillis);
  }

  private List<Partition> partitions(String topic) {
    return topics.getOrDefault(topic, List.of());
  }
}
