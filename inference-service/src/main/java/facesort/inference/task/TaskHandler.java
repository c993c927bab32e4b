package facesort.inference.task;

import java.util.List;

/**
 * A role's work.
 *
 * @param <V> type of the events it reads
 */
@FunctionalInterface
public interface TaskHandler<V> {
  /**
   * Works on a batch; called by one thread at a time. An exception means that nothing is wrong with
   * the tasks but that they cannot be done now: the whole batch comes again. So whatever this
   * method does must be repeatable.
   *
   * @return one outcome per task, in their order
   */
  List<Outcome> handle(List<Task<V>> tasks);
}
