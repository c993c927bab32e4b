package facesort.schemas;

/**
 * A value that no retry can read: it goes to the dead-letter topic with the code {@code
 * UNDECODABLE}. The message names topic and reason and never holds a byte of the value.
 */
public final class UndecodableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is wrong with the value. */
  public enum Reason {
    /** There is no value; a reader that expects tombstones looks for them before decoding. */
    NO_VALUE,
    /** Shorter than the five bytes in front of every value. */
    TOO_SHORT,
    /** Longer than {@link Topics#MAX_RECORD_BYTES}. */
    TOO_LONG,
    /** The first byte is not 0: not written by a serializer of the registry's format. */
    WRONG_MAGIC,
    /** The registry has no schema with this id. */
    UNKNOWN_SCHEMA_ID,
    /** The id is another kind of record, or a schema that our own cannot read. */
    WRONG_SCHEMA,
    /** The bytes end too early or are no value of their schema. */
    MALFORMED,
    /** Bytes are left after the value. */
    TRAILING_BYTES
  }

  private final String topic;
  private final Reason reason;

  UndecodableException(String topic, Reason reason, String detail) {
    super(FailureCode.UNDECODABLE + " " + topic + ": " + reason + " (" + detail + ")");
    this.topic = topic;
    this.reason = reason;
  }

  /** Topic the value was read from. */
  public String topic() {
    return topic;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }

  /** Code for the dead letter: always {@link FailureCode#UNDECODABLE}. */
  public FailureCode code() {
    return FailureCode.UNDECODABLE;
  }
}
