package facesort.state.job;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.smile.SmileMapper;

/**
 * Records of ours in stores and inner topics, which nobody else reads: Smile, the binary form of
 * JSON, in which bytes are bytes. A record is a list of its components without their names, which
 * takes a third of the bytes: a new component goes to the end, where an older version passes it
 * over and a newer one finds nothing.
 */
record SmileSerde<T>(ObjectWriter writer, ObjectReader reader) implements Serde<T> {

  private static final SmileMapper SMILE =
      SmileMapper.builder()
          .annotationIntrospector(new WithoutNames())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final class WithoutNames extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public JsonFormat.@Nullable Value findFormat(MapperConfig<?> config, Annotated annotated) {
      return annotated instanceof AnnotatedClass type && type.getRawType().isRecord()
          ? JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY)
          : super.findFormat(config, annotated);
    }
  }

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
