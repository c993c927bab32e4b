package facesort.delivery.ledger;

import facesort.schemas.DeliveryState;
import facesort.schemas.DropCause;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What happens to pairs that are not on their way yet. Pure. */
sealed interface Release {

  /**
   * They go out.
   *
   * @param contact how
   */
  record Send(Contact contact) implements Release {}

  /**
   * They never go out.
   *
   * @param cause why
   */
  record Drop(DropCause cause) implements Release {}

  /** Nothing happens now. */
  record Wait() implements Release {}

  /**
   * What is known about some pairs of one job and one friend in one state.
   *
   * @param state their state: PLANNED, HELD or RELEASED
   * @param fixed the contact fixed when they were planned; null when none was known then or its
   *     address was erased
   * @param newest the friend's newest contact; null when there is none
   * @param consent true when the friend's consent stands
   * @param job state of the job
   * @param givenUp true when the job is CANCELLED or FAILED and its cleanup was asked for since
   * @param policy its release policy
   * @param complete true when every match result of the job, and every profile and contact that was
   *     there when it was matched, was read: only then does "none" mean none
   */
  record Question(
      DeliveryState state,
      @Nullable Contact fixed,
      @Nullable Contact newest,
      boolean consent,
      JobState job,
      boolean givenUp,
      ReleasePolicy policy,
      boolean complete) {}

  /** Decides; the same question has the same answer. */
  static Release of(Question question) {
    if (isEnded(question.job())) {
      return question.givenUp() ? new Drop(cause(question.job())) : new Wait();
    }
    if (!question.complete()) {
      return new Wait();
    }
    return question.state() == DeliveryState.RELEASED ? released(question) : waiting(question);
  }

  /** True when the job ended before all was sent: its pairs wait, since it can be resumed. */
  static boolean isEnded(JobState job) {
    return switch (job) {
      case CANCELLED, FAILED -> true;
      case QUEUED, RUNNING, MATCHED, DELIVERING, CLEANING, COMPLETED, UNKNOWN -> false;
    };
  }

  private static DropCause cause(JobState job) {
    return job == JobState.CANCELLED ? DropCause.CANCELLED : DropCause.EXPIRED;
  }

  private static Release waiting(Question question) {
    return switch (question.policy()) {
      case DRY_RUN -> new Drop(DropCause.DRY_RUN);
      case AUTO -> question.state() == DeliveryState.HELD ? held(question) : planned(question);
      case REVIEW, UNKNOWN -> new Wait();
    };
  }

  /** The owner still may find a contact for it; without consent there is nothing to decide. */
  private static Release held(Question question) {
    return question.consent() ? new Wait() : new Drop(DropCause.NO_CONSENT);
  }

  private static Release planned(Question question) {
    var unwanted = unwanted(question);
    if (unwanted != null) {
      return new Drop(unwanted);
    }
    var newest = Objects.requireNonNull(question.newest());
    return new Send(question.fixed() == null ? newest : question.fixed());
  }

  private static Release released(Question question) {
    var unwanted = unwanted(question);
    if (unwanted != null) {
      return new Drop(unwanted);
    }
    // Its address was erased meanwhile, and another was never promised the photo.
    return question.fixed() == null ? new Drop(DropCause.NO_CONTACT) : new Wait();
  }

  private static @Nullable DropCause unwanted(Question question) {
    if (!question.consent()) {
      return DropCause.NO_CONSENT;
    }
    return question.newest() == null || !question.newest().reaches() ? DropCause.NO_CONTACT : null;
  }
}
