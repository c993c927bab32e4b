package facesort.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic of the contract: its name, the one record type it carries and how it is kept.
 *
 * @param name topic name
 * @param type record type of every value
 * @param key what the key is made of, for people
 * @param partitions partition count, fixed at creation
 * @param retention how long records are kept; for a compacted topic how long tombstones and
 *     uncompacted records stay at least
 * @param compacted true when only the newest record of a key has to stay
 * @param brokerTime true when records are stamped by the broker's clock, which no writer can skew
 * @param <V> record type
 */
public record Topic<V extends SpecificRecord>(
    String name,
    Class<V> type,
    String key,
    int partitions,
    Duration retention,
    boolean compacted,
    boolean brokerTime) {

  /** A topic whose records are stamped by who writes them. */
  public Topic(
      String name,
      Class<V> type,
      String key,
      int partitions,
      Duration retention,
      boolean compacted) {
    this(name, type, key, partitions, retention, compacted, false);
  }

  private static final String DEAD_LETTER_SUFFIX = "-dlt";

  /** Name of the topic that takes what readers of this topic could not process. */
  public String deadLetters() {
    return name + DEAD_LETTER_SUFFIX;
  }

  /** Broker settings of the topic, by Kafka's names. */
  public Map<String, String> settings() {
    var settings = new TreeMap<String, String>();
    settings.put("cleanup.policy", compacted ? "compact" : "delete");
    settings.put(
        compacted ? "delete.retention.ms" : "retention.ms", String.valueOf(retention.toMillis()));
    settings.put("max.message.bytes", String.valueOf(Topics.MAX_RECORD_BYTES));
    if (brokerTime) {
      settings.put("message.timestamp.type", "LogAppendTime");
    }
    return settings;
  }

  /**
   * Broker settings of {@link #deadLetters()}: never compacted, kept as long, 30 days if compacted.
   */
  public Map<String, String> deadLetterSettings() {
    var kept = compacted ? Topics.KEPT : retention;
    return Map.of(
        "cleanup.policy", "delete",
        "retention.ms", String.valueOf(kept.toMillis()),
        "max.message.bytes", String.valueOf(2 * Topics.MAX_RECORD_BYTES));
  }
}
