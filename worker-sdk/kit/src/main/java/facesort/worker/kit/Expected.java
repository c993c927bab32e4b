package facesort.worker.kit;

import facesort.schemas.FailureCode;

/** What must become of a record. */
public sealed interface Expected {
  /** Exactly one event follows from it, and from all others of the same task together. */
  record Published() implements Expected {}

  /** Exactly one dead letter holds it, with this code, after this many tries. */
  record Held(FailureCode code, int attempts) implements Expected {}

  /** Nothing follows from it. */
  record Nothing() implements Expected {}

  /** One event or none: it was cancelled while it may have been in work. */
  record Either() implements Expected {}

  /** One event. */
  static Expected published() {
    return new Published();
  }

  /** Nothing. */
  static Expected nothing() {
    return new Nothing();
  }

  /** One event or none. */
  static Expected either() {
    return new Either();
  }

  /** One dead letter after one try. */
  static Expected held(FailureCode code) {
    return new Held(code, 1);
  }

  /** One dead letter after so many tries. */
  static Expected held(FailureCode code, int attempts) {
    return new Held(code, attempts);
  }
}
