package facesort.service;

import java.util.Map;

/**
 * What a deletion did.
 *
 * @param deleted how many objects are gone
 * @param errors why others are still there, by key
 */
public record DeleteOutcome(int deleted, Map<String, String> errors) {

  /** Copies the map. */
  public DeleteOutcome {
    errors = Map.copyOf(errors);
  }
}
