package facesort.service;

import java.util.List;

/**
 * Records that a worker's stage binds below {@code facesort.} itself. A program that has some
 * registers this as a singleton of the context before the context is refreshed, so that their names
 * are known.
 *
 * @param types records
 */
public record StageSettings(List<Class<?>> types) {

  /** Copies the list. */
  public StageSettings {
    types = List.copyOf(types);
  }
}
