package facesort.worker.rules;

import facesort.schemas.FailureCode;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * Something that holds for every event worth working on.
 *
 * @param code the word for an event that breaks it
 * @param message what is wrong then, for people; no two rules say the same
 * @param holds true when the event keeps it; asked only when all rules before it hold
 * @param <E> type of event
 */
record EventRule<E extends SpecificRecord>(
    FailureCode code, String message, Predicate<EventRule.Received<E>> holds) {

  /**
   * An event as it came.
   *
   * @param event what was read
   * @param key the record's key, empty when it had none
   */
  record Received<E extends SpecificRecord>(E event, String key) {}

  /** A rule about the content of the event. */
  static <E extends SpecificRecord> EventRule<E> that(
      FailureCode code, String message, Predicate<E> holds) {
    return new EventRule<>(code, message, received -> holds.test(received.event()));
  }

  /** A rule about the event and its key. */
  static <E extends SpecificRecord> EventRule<E> withKey(
      FailureCode code, String message, Predicate<Received<E>> holds) {
    return new EventRule<>(code, message, holds);
  }

  boolean isBrokenBy(E event, String key) {
    return !holds.test(new Received<>(event, key));
  }
}
