package facesort.worker;

import facesort.schemas.FailureCode;

/**
 * What became of a task; made by the methods of {@link Task}.
 *
 * @param <R> type of a stage's results
 */
public sealed interface Outcome<R> {

  /** The task it is about. */
  Task<?> task();

  /** It is done; {@code publishNext} is asked what follows. */
  record Done<R>(Task<?> task, R result) implements Outcome<R> {}

  /** It can never be done: a dead letter at once. */
  record Rejected<R>(Task<?> task, FailureCode code, String why) implements Outcome<R> {}

  /**
   * It was not done this time; the retry policy of the code decides.
   *
   * @param dependency name of what failed it, such as "storage"; empty when nothing outside did
   */
  record Failed<R>(Task<?> task, FailureCode code, String why, String dependency)
      implements Outcome<R> {}

  /** There is nothing to do: no event, no dead letter. */
  record Skipped<R>(Task<?> task, String why) implements Outcome<R> {}
}
