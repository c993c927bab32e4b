package facesort.state.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the fold knows of an event: ids, counts, codes, scores, where it was read and its key, and
 * nothing else. In particular no embedding, box, object key or contact gets this far.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JobEvent.TaskSeen.class, name = "task"),
  @JsonSubTypes.Type(value = JobEvent.FacesSeen.class, name = "faces"),
  @JsonSubTypes.Type(value = JobEvent.MatchSeen.class, name = "match"),
  @JsonSubTypes.Type(value = JobEvent.DeliverySeen.class, name = "delivery"),
  @JsonSubTypes.Type(value = JobEvent.CleanupSeen.class, name = "cleanup"),
  @JsonSubTypes.Type(value = JobEvent.Submitted.class, name = "submit"),
  @JsonSubTypes.Type(value = JobEvent.Commanded.class, name = "command"),
  @JsonSubTypes.Type(value = JobEvent.Died.class, name = "dead")
})
sealed interface JobEvent extends Emitted {

  /** What every event has. */
  Head head();

  /** Photo that the event is about; null when it is about the job. */
  @Nullable String photoId();

  /**
   * What every event has.
   *
   * @param origin where it was read
   * @param jobId job
   * @param ownerId owner; empty when not known, which only a dead letter may be
   * @param run run of the job, as the event says; of commands and answers of cleanup always 0
   * @param source what a dead letter for it has to repeat
   */
  record Head(Origin origin, String jobId, String ownerId, int run, Source source) {}

  /**
   * What a dead letter has to repeat of the record that was read.
   *
   * @param key the record's key; null when it had none
   * @param taskId the task it belongs to; null when it belongs to none
   * @param replays how often it was replayed from a dead-letter topic; null when nothing says so
   */
  record Source(@Nullable Raw key, @Nullable String taskId, @Nullable Integer replays) {}

  /**
   * A photo waits.
   *
   * @param jobTotal photos of the job when its producer writes no SUBMIT
   * @param settled outcome that is known already
   * @param original the record's bytes, to queue the photo again, and for the dead letter of a task
   *     that comes too late; a task holds no personal data beyond the file name
   */
  record TaskSeen(
      Head head,
      String photoId,
      @Nullable Integer jobTotal,
      @Nullable FailureCode settled,
      Raw original)
      implements JobEvent {}

  /**
   * A photo was looked at.
   *
   * @param faces faces found, those without an embedding included
   */
  record FacesSeen(Head head, String photoId, int faces) implements JobEvent {}

  /**
   * A photo was compared.
   *
   * @param rematch 0, or the offset of the REMATCH command plus 1
   * @param faces faces of the photo
   * @param people friends on the photo, each once
   */
  record MatchSeen(Head head, String photoId, long rematch, int faces, List<Person> people)
      implements JobEvent {}

  /** A pair of photo and friend was closed or changed. */
  record DeliverySeen(Head head, String photoId, String friendId, int seq, DeliveryState state)
      implements JobEvent {}

  /** The job's objects were removed. */
  record CleanupSeen(Head head, int seq) implements JobEvent {

    @Override
    public @Nullable String photoId() {
      return null;
    }
  }

  /** The job was submitted. */
  record Submitted(Head head, Submission submission) implements JobEvent {

    @Override
    public @Nullable String photoId() {
      return null;
    }
  }

  /**
   * Another command.
   *
   * @param selection photos that RESUME or RETRY means
   * @param selected what the selection came to, once it was counted; null before
   */
  record Commanded(
      Head head,
      String eventId,
      JobCommand command,
      Selection selection,
      @Nullable Selected selected)
      implements JobEvent {

    /** True when it may open a run. */
    boolean selects() {
      return command == JobCommand.RESUME || command == JobCommand.RETRY;
    }

    Commanded counted(Selected found) {
      return new Commanded(head, eventId, command, selection, found);
    }

    @Override
    public @Nullable String photoId() {
      return null;
    }
  }

  /**
   * Somebody could not process a record; known from the dead letter's text headers alone.
   *
   * @param source topic of the record that could not be processed
   * @param signature what failures of its cause share: see {@link FailureSignature}
   */
  record Died(
      Head head, @Nullable String photoId, String source, FailureCode code, String signature)
      implements JobEvent {}

  /**
   * A friend on a photo.
   *
   * @param sure true when accepted, false when put to review
   */
  record Person(String friendId, boolean sure) {}

  /**
   * What SUBMIT said.
   *
   * @param at when it was written, milliseconds since 1970 UTC
   * @param deadline the job fails when it is not MATCHED by then, milliseconds since 1970 UTC
   */
  record Submission(
      String name,
      int total,
      ReleasePolicy release,
      long at,
      long deadline,
      boolean keepOriginals,
      boolean deleteSource) {}
}
