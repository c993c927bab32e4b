package facesort.state.job;

import facesort.schemas.FailureCode;

/** What the fold wants written, in the transaction that stores the facts. */
sealed interface Effect {

  /** The job's status is to be published at once. */
  record Publish(JobFacts job) implements Effect {}

  /** The job's objects are to be removed. */
  record AskCleanup(int seq) implements Effect {}

  /** The photo of this task is to be queued again in the open run. */
  record QueueAgain(JobEvent.TaskSeen task) implements Effect {}

  /** The event was not taken: it becomes a dead letter. */
  record Refuse(JobEvent event, FailureCode code, String message) implements Effect {}
}
