package facesort.worker;

import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The form of result.json. Keys, values and headers are bytes, base64 in the file: what is emitted
 * again is the same bit for bit, schema id included. Avro as JSON would have to be read and written
 * again, with whatever schema the program has by then.
 *
 * @param version form of this object
 * @param stage name of the stage
 * @param taskId task
 * @param run run of the job
 * @param keyHash as in {@link ResultKey}
 * @param records what went out, in order
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record StoredResult(
    int version, String stage, String taskId, int run, String keyHash, List<Out> records) {

  static final int VERSION = 1;

  StoredResult {
    records = List.copyOf(records);
  }

  static StoredResult of(ResultKey key, List<ProducerRecord<byte[], byte[]>> outgoing) {
    return new StoredResult(
        VERSION,
        key.stage(),
        key.taskId(),
        key.run(),
        key.keyHash(),
        outgoing.stream().map(Out::of).toList());
  }

  boolean answers(ResultKey key) {
    return version == VERSION
        && stage.equals(key.stage())
        && taskId.equals(key.taskId())
        && run == key.run()
        && keyHash.equals(key.keyHash());
  }

  List<ProducerRecord<byte[], byte[]>> outgoing() {
    return records.stream().map(Out::toRecord).toList();
  }

  /**
   * One record that went out; its partition follows from its key, its time is when it is sent.
   *
   * @param topic topic
   * @param key key, base64
   * @param value value, base64
   * @param headers headers, in order
   */
  record Out(String topic, @Nullable String key, @Nullable String value, List<Pair> headers) {

    Out {
      headers = List.copyOf(headers);
    }

    static Out of(ProducerRecord<byte[], byte[]> sent) {
      var headers =
          StreamSupport.stream(sent.headers().spliterator(), false)
              .map(header -> new Pair(header.key(), text(header.value())))
              .toList();
      return new Out(sent.topic(), text(sent.key()), text(sent.value()), headers);
    }

    ProducerRecord<byte[], byte[]> toRecord() {
      List<Header> given =
          headers.stream().<Header>map(h -> new RecordHeader(h.name(), bytes(h.value()))).toList();
      return new ProducerRecord<>(topic, null, bytes(key), bytes(value), given);
    }
  }

  /**
   * A header.
   *
   * @param name name
   * @param value value, base64
   */
  record Pair(String name, @Nullable String value) {}

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : Base64.getDecoder().decode(text);
  }
}
