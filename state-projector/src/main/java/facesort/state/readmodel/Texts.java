package facesort.state.readmodel;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Values as the database takes them. Neither its texts nor its JSON have a zero character, and
 * names of files may: it becomes a space.
 */
final class Texts {

  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new SimpleModule().addSerializer(new Clean())).build();

  private Texts() {}

  /** The text of a value that may be null, as of an enum. */
  static @Nullable String of(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** The value, without zero characters when it is a text. */
  static @Nullable Object clean(@Nullable Object value) {
    return value instanceof String text ? text.replace('\0', ' ') : value;
  }

  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }

  /** For a column of {@link ColumnType#REALS}. */
  static String reals(Collection<Float> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  private static final class Clean extends StdSerializer<String> {

    Clean() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator json, SerializationContext context) {
      json.writeString(value.replace('\0', ' '));
    }
  }
}
