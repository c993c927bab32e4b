package facesort.schemas;

import java.util.Optional;
import java.util.OptionalInt;

/** The registry that is not there. */
final class NoRegistry implements SchemaRegistry {

  @Override
  public Optional<String> schema(int id) {
    throw new RegistryUnavailableException("no registry to ask for schema id " + id, null);
  }

  @Override
  public OptionalInt find(String subject, String schema) {
    throw new RegistryUnavailableException("no registry to ask for " + subject, null);
  }

  @Override
  public int register(String subject, String schema) {
    throw new RegistryUnavailableException("no registry to register " + subject, null);
  }
}
