package facesort.schemas;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the codec asks of a schema registry, and only for schemas that are not known locally. Every
 * method blocks and throws {@link RegistryUnavailableException} when there is no usable answer.
 */
public interface SchemaRegistry {

  /** No registry at all: known schemas work, everything else is unavailable. */
  SchemaRegistry NONE = new NoRegistry();

  /** JSON text of the schema with that id, or empty when the registry has no such id. */
  Optional<String> schema(int id);

  /** Id of the schema under the subject, or empty when it is not registered there. */
  OptionalInt find(String subject, String schema);

  /**
   * Registers the schema under the subject; a schema that is there already keeps its id.
   *
   * @throws IllegalStateException when the registry refuses it as incompatible
   */
  int register(String subject, String schema);
}
