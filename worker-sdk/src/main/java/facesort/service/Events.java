package facesort.service;

import facesort.schemas.AvroCodec;
import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.Topic;
import facesort.schemas.UndecodableException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Events as Kafka records and back. What has an {@code event_id} carries it and its kind in headers
 * as well, as CloudEvents 1.0 has it for Kafka (binary mode), so that routers and tracers need no
 * schema: about 130 bytes a record. All consumers and producers of the services carry bytes, and
 * decoding happens here, inside the handler, so that a record that cannot be decoded is an ordinary
 * failure with its origin and original bytes. Safe for use by many threads.
 */
public final class Events {

  private static final byte[] SPEC_VERSION = bytes("1.0");

  private final AvroCodec codec;
  private final byte @Nullable [] source;

  /** Over the one codec of the process; its records carry no CloudEvents attributes. */
  public Events(AvroCodec codec) {
    this.codec = codec;
    this.source = null;
  }

  /**
   * Over the one codec of the process.
   *
   * @param service who writes the records; their {@code ce_source} is {@code /facesort/<service>}
   */
  public Events(AvroCodec codec, String service) {
    this.codec = codec;
    this.source = bytes("/facesort/" + service);
  }

  /** The record that carries the event; the broker's partitioner chooses the partition by key. */
  public <V extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
      Topic<V> topic, String key, V event) {
    var record = new ProducerRecord<>(topic.name(), bytes(key), codec.encode(topic, event));
    var id = event.getSchema().getField("event_id");
    if (source != null && id != null) {
      record
          .headers()
          .add("ce_specversion", SPEC_VERSION)
          .add("ce_id", bytes(String.valueOf(event.get(id.pos()))))
          .add("ce_source", source)
          .add("ce_type", bytes(topic.name()));
    }
    return record;
  }

  /** The record that removes a key from a compacted topic. */
  public ProducerRecord<byte[], byte[]> tombstone(Topic<?> topic, String key) {
    return new ProducerRecord<>(topic.name(), bytes(key), null);
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
