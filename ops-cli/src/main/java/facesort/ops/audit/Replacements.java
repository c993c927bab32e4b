package facesort.ops.audit;

import facesort.ops.console.CommandException;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * Which topics are read in place of others.
 *
 * @param copies name of the copy by name of the topic
 */
record Replacements(Map<String, String> copies) {

  /** What the count reads, each with the name of its dead letters where those settle a photo. */
  private static final List<Topic<? extends SpecificRecord>> READ =
      List.of(
          Topics.TASK_QUEUED,
          Topics.TASK_QUEUED_INTERACTIVE,
          Topics.MATCH_RESULT,
          Topics.DELIVERY_DONE,
          Topics.JOB_STATUS);

  Replacements {
    copies = Map.copyOf(copies);
  }

  /** From {@code TOPIC=COPY}; refuses what the count would not read. */
  static Replacements of(List<String> pairs) {
    Map<String, String> copies = new HashMap<>();
    for (String pair : pairs) {
      int at = pair.indexOf('=');
      if (at < 1 || at == pair.length() - 1) {
        throw CommandException.usage("--use is TOPIC=COPY, not '%s'".formatted(pair));
      }
      String topic = pair.substring(0, at);
      if (!isRead(topic)) {
        throw CommandException.usage(
            "--use %s: the audit reads %s, and their dead letters"
                .formatted(topic, String.join(", ", READ.stream().map(Topic::name).toList())));
      }
      copies.put(topic, pair.substring(at + 1));
    }
    return new Replacements(copies);
  }

  /** The topic that is read for this one. */
  String of(String topic) {
    return copies.getOrDefault(topic, topic);
  }

  /** Whether another is read. */
  boolean replaces(String topic) {
    return copies.containsKey(topic);
  }

  private static boolean isRead(String topic) {
    return READ.stream().anyMatch(read -> read.name().equals(topic))
        || Evidence.DEAD_LETTERS.contains(topic);
  }
}
