package facesort.bench.drive;

import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.Events;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that was read where the answers go.
 *
 * @param key its key: the task's id, or {@link Feed#TICK}
 * @param partition where it was; the task was in the partition of the same number
 * @param appended when the broker took it, milliseconds since 1970
 * @param seen {@link System#nanoTime} when it was read
 * @param said what the worker says of itself and the result; empty for a tick
 */
public record Answer(String key, int partition, long appended, long seen, String said) {

  /** A record that was read just now. */
  public static Answer of(
      Events events, Topic<TaskQueued> topic, ConsumerRecord<byte[], byte[]> record) {
    long now = System.nanoTime();
    return new Answer(
        Events.key(record),
        record.partition(),
        record.timestamp(),
        now,
        record.value() == null ? "" : said(events.read(topic, record)));
  }

  private static String said(TaskQueued answer) {
    return answer.getSettledMessage() == null ? "" : answer.getSettledMessage();
  }

  /** True when it is the answer to a task. */
  public boolean isTask() {
    return !key.equals(Feed.TICK);
  }

  /** Name of the worker that answered, itself or its child; empty when it does not say. */
  public String worker() {
    int end = said.indexOf(' ');
    return end < 0 ? said : said.substring(0, end);
  }

  /** The result that the worker tells behind its name. */
  public double score() {
    return Double.parseDouble(said.substring(said.indexOf(' ') + 1));
  }
}
