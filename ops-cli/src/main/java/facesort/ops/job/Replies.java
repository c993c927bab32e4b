package facesort.ops.job;

import facesort.ops.api.Reply;
import facesort.ops.console.Output;
import org.jspecify.annotations.Nullable;

/** What every answer of the projector ends with, and how its figures look. */
final class Replies {
  private static final int TO_SECONDS = 19;

  private Replies() {}

  /** Says when the answer is old, and prints it for programs as it was sent. */
  static void end(Output output, Reply<?> reply) {
    if (reply.stale()) {
      output.say(reply.warning());
    }
    output.resultLine(reply.json());
  }

  /** An ISO-8601 time to the second, in UTC; a dash when there is none. */
  static String time(@Nullable String instant) {
    if (instant == null) {
      return "-";
    }
    return instant.length() <= TO_SECONDS
        ? instant
        : instant.substring(0, TO_SECONDS).replace('T', ' ');
  }

  /** Where a record stands; a dash when that is not known. */
  static String place(@Nullable String topic, @Nullable Integer partition, @Nullable Long offset) {
    return topic == null || partition == null || offset == null
        ? "-"
        : "%s-%d@%d".formatted(topic, partition, offset);
  }

  /** The text, a dash when there is none. */
  static String text(@Nullable Object value) {
    return value == null ? "-" : value.toString();
  }
}
