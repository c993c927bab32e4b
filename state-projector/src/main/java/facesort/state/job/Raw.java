package facesort.state.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they were read, equal when their content is. Only keys and tasks are carried this way,
 * never what could hold a vector.
 */
final class Raw {

  private final byte[] content;

  /** Over the array itself, which nobody changes. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  Raw(byte[] content) {
    this.content = content;
  }

  @JsonValue
  byte[] bytes() {
    return content;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Raw raw && Arrays.equals(content, raw.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
