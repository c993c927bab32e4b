package facesort.bench.stage;

import facesort.schemas.TaskQueued;

/** Makes the answer to a task: the task, with what the worker has to say. */
final class Answering {
  private Answering() {}

  /** The same task, saying who answered and what came out. */
  static TaskQueued of(TaskQueued task, String worker) {
    return new TaskQueued(
        task.getEventId(),
        task.getOccurredAt(),
        task.getJobId(),
        task.getOwnerId(),
        task.getRun(),
        task.getCausation(),
        task.getTaskId(),
        task.getPhotoId(),
        task.getKind(),
        task.getLane(),
        task.getSource(),
        task.getFilename(),
        task.getSha256(),
        task.getPosition(),
        task.getJobTotal(),
        task.getProfilesUpto(),
        task.getSettled(),
        task.getDuplicateOf(),
        worker);
  }
}
