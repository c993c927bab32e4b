package facesort.service.sql;

import facesort.schemas.Topic;
import facesort.service.Events;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read and decoded.
 *
 * @param topic its topic; of a dead letter the topic that the original was in
 * @param value its event; null when the record removes its key, and for every dead letter
 * @param record the record as read
 */
public record ReadEvent(
    Topic<?> topic, @Nullable SpecificRecord value, ConsumerRecord<byte[], byte[]> record) {

  /** True when the record lies in the topic's dead-letter topic. */
  public boolean isDeadLetter() {
    return record.topic().equals(topic.deadLetters());
  }

  /** Key as text. */
  public String key() {
    return Events.key(record);
  }
}
