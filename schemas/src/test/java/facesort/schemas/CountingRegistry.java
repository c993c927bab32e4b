package facesort.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A registry in memory that can be cut off, and tells how often it was asked. */
final class CountingRegistry implements SchemaRegistry {

  /** Ids start here: none is one of {@link SchemaIds#numbered}. */
  static final int FIRST_ID = 101;

  private final List<String> schemas = new ArrayList<>();
  private boolean down;
  private int calls;

  /** Registers without counting. */
  int holds(String schema) {
    if (!schemas.contains(schema)) {
      schemas.add(schema);
    }
    return FIRST_ID + schemas.indexOf(schema);
  }

  void goesDown() {
    down = true;
  }

  int calls() {
    return calls;
  }

  @Override
  public Optional<String> schema(int id) {
    called();
    return schemas.stream().filter(schema -> holds(schema) == id).findFirst();
  }

  @Override
  public OptionalInt find(String subject, String schema) {
    called();
    return schemas.contains(schema) ? OptionalInt.of(holds(schema)) : OptionalInt.empty();
  }

  @Override
  public int register(String subject, String schema) {
    called();
    return holds(schema);
  }

  private void called() {
    calls++;
    if (down) {
      throw new RegistryUnavailableException("cut off by the test", null);
    }
  }
}
