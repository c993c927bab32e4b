package facesort.state.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.smile.SmileMapper;

/**
 * Records of ours in stores and inner topics, which nobody else reads: Smile, the binary form of
 * JSON, in which bytes are bytes. A field that a newer version wrote is passed over.
 */
record SmileSerde<T>(ObjectWriter writer, ObjectReader reader) implements Serde<T> {

  private static final SmileMapper SMILE =
      SmileMapper.builder()
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  static <T> SmileSerde<T> of(Class<T> type) {
    return new SmileSerde<>(SMILE.writerFor(type), SMILE.readerFor(type));
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : writer.writeValueAsBytes(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : reader.readValue(bytes);
  }
}
