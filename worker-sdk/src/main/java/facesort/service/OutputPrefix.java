package facesort.service;

/**
 * Where one stage may write for one task: {@code owners/<owner>/jobs/<job>/tasks/<task>/<stage>/}.
 * It lies in the job's part, so that the job's cleanup removes it. All four are ids.
 *
 * @param ownerId owner
 * @param jobId job
 * @param taskId task
 * @param stage name of the stage
 */
public record OutputPrefix(String ownerId, String jobId, String taskId, String stage) {

  /**
   * Refuses what is no id.
   *
   * @throws IllegalArgumentException for it
   */
  public OutputPrefix {
    var _ = ObjectKeys.taskOutput(ownerId, jobId, taskId, stage);
  }

  /** The prefix, with its closing slash. */
  public String value() {
    return ObjectKeys.taskOutput(ownerId, jobId, taskId, stage);
  }

  /**
   * The key of an output.
   *
   * @param name such as {@code result.json}; may have steps
   * @throws IllegalArgumentException for a name that no {@link ObjectKey} may have or that leads
   *     out of the prefix
   */
  public ObjectKey key(String name) {
    return new ObjectKey(ownerId, value() + name);
  }
}
