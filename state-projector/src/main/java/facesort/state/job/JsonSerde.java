package facesort.state.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records of ours as JSON in stores and inner topics, which nobody else reads. A field that a newer
 * version wrote is passed over.
 */
record JsonSerde<T>(Class<T> type) implements Serde<T> {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(
              all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : JSON.writerFor(type).writeValueAsBytes(value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> bytes == null ? null : JSON.readValue(bytes, type);
  }
}
