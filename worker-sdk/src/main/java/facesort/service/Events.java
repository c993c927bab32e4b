package facesort.service;

import facesort.schemas.AvroCodec;
import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.Topic;
import facesort.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Events as Kafka records and back. All consumers and producers of the services carry bytes, and
 * decoding happens here, inside the handler, so that a record that cannot be decoded is an ordinary
 * failure with its origin and original bytes. Safe for use by many threads.
 */
public final class Events {

  private final AvroCodec codec;

  /** Over the one codec of the process. */
  public Events(AvroCodec codec) {
    this.codec = codec;
  }

  /** The record that carries the event; the broker's partitioner chooses the partition by key. */
  public <V extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
      Topic<V> topic, String key, V event) {
    return new ProducerRecord<>(
        topic.name(), key.getBytes(StandardCharsets.UTF_8), codec.encode(topic, event));
  }

  /** The record that removes a key from a compacted topic. */
  public ProducerRecord<byte[], byte[]> tombstone(Topic<?> topic, String key) {
    return new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), null);
  }

  /**
   * The event that a record carries.
   *
   * @throws UndecodableException when the bytes are no event of that topic; trying again is useless
   * @throws RegistryUnavailableException when its schema is not known here and the registry does
   *     not answer; trying again later can help
   */
  public <V extends SpecificRecord> V read(Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
    return codec.decode(topic, record.value());
  }

  /** Key of the record as text, empty when it has none. */
  public static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
  }
}
