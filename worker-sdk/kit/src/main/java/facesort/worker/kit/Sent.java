package facesort.worker.kit;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that the test has written.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param millis when it was written
 * @param key its key
 * @param digest SHA-256 of its bytes
 * @param photo photo id of its task, "" when it is no task
 * @param expected what must become of it
 */
public record Sent(
    String topic,
    int partition,
    long offset,
    long millis,
    String key,
    String digest,
    String photo,
    Expected expected) {

  /** As dead letters name it. */
  String origin() {
    return origin(topic, partition, offset);
  }

  static String origin(ConsumerRecord<?, ?> record) {
    return origin(record.topic(), record.partition(), record.offset());
  }

  private static String origin(String topic, int partition, long offset) {
    return topic + "-" + partition + "@" + offset;
  }
}
