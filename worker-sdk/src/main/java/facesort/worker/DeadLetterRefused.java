package facesort.worker;

/** A dead letter cannot be written: the consumer stops, because skipping would lose the record. */
final class DeadLetterRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeadLetterRefused(String topic, Throwable cause) {
    super(
        "Dead letters cannot be written to %s (%s): create or repair the topic, then restart the worker"
            .formatted(topic, cause),
        cause);
  }
}
