package facesort.bench.drive;

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

  /** True when it is the answer to a task. */
  public boolean isTask() {
    return !key.equals(Feed.TICK);
  }

  /** Process id of the worker that answered, -1 when it does not say. */
  public long worker() {
    int end = said.indexOf(' ');
    String pid = end < 0 ? said : said.substring(0, end);
    return pid.isEmpty() ? -1 : Long.parseLong(pid);
  }

  /** The result that the worker tells behind its process id. */
  public double score() {
    return Double.parseDouble(said.substring(said.indexOf(' ') + 1));
  }
}
