package facesort.service;

import java.util.List;

/** Settings below {@code facesort.} that nobody reads: mistyped, or of another version. */
final class UnknownSettings extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says all of them. */
  UnknownSettings(List<String> lines) {
    super(String.join(System.lineSeparator(), lines));
  }
}
