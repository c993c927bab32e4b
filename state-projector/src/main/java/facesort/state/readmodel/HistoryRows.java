package facesort.state.readmodel;

import static facesort.state.readmodel.ColumnType.BIGINT;
import static facesort.state.readmodel.ColumnType.INT;
import static facesort.state.readmodel.ColumnType.TEXT;
import static facesort.state.readmodel.ColumnType.TIME;

import facesort.schemas.Cleanup;
import facesort.schemas.DeliveryDone;
import facesort.schemas.FacesDetected;
import facesort.schemas.JobControl;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskQueued;
import facesort.service.DeadLetters;
import facesort.service.sql.ReadEvent;
import facesort.state.job.TextHeaders;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Table history: every event of a job, where it was read. */
final class HistoryRows {

  private static final Upsert EVENT =
      Upsert.into("history")
          .key("job_id", "topic")
          .key("kafka_partition", INT)
          .key("kafka_offset", BIGINT)
          .set(TEXT, "owner_id")
          .set(TIME, "at", "occurred_at")
          .set(TEXT, "event_id")
          .set(INT, "run", "attempt")
          .set(TEXT, "photo_id", "friend_id", "summary")
          .orNothing();

  /** Of a dead letter the id of the event that died. */
  private static final String CLOUD_EVENT_ID = "ce_id";

  private HistoryRows() {}

  /** Whose event it is. */
  private record Of(
      String jobId, @Nullable String ownerId, @Nullable String photoId, @Nullable String friendId) {

    static Of photo(String jobId, String ownerId, String photoId) {
      return new Of(jobId, ownerId, photoId, null);
    }

    static Of job(String jobId, String ownerId) {
      return new Of(jobId, ownerId, null, null);
    }
  }

  /** What the event says of itself. */
  private record Said(
      @Nullable Instant occurredAt,
      @Nullable String eventId,
      int run,
      int attempt,
      String summary) {}

  static void write(TaskQueued task, ReadEvent event, SqlRows rows) {
    var said =
        said(task.getOccurredAt(), task.getEventId(), task.getRun(), event, Summary.of(task));
    add(Of.photo(task.getJobId(), task.getOwnerId(), task.getPhotoId()), said, event, rows);
  }

  static void write(FacesDetected faces, ReadEvent event, SqlRows rows) {
    var said =
        said(faces.getOccurredAt(), faces.getEventId(), faces.getRun(), event, Summary.of(faces));
    add(Of.photo(faces.getJobId(), faces.getOwnerId(), faces.getPhotoId()), said, event, rows);
  }

  static void write(MatchResult match, ReadEvent event, SqlRows rows) {
    var said =
        said(match.getOccurredAt(), match.getEventId(), match.getRun(), event, Summary.of(match));
    add(Of.photo(match.getJobId(), match.getOwnerId(), match.getPhotoId()), said, event, rows);
  }

  static void write(DeliveryDone done, ReadEvent event, SqlRows rows) {
    var said =
        said(done.getOccurredAt(), done.getEventId(), done.getRun(), event, Summary.of(done));
    var of = new Of(done.getJobId(), done.getOwnerId(), done.getPhotoId(), done.getFriendId());
    add(of, said, event, rows);
  }

  static void write(Cleanup cleanup, ReadEvent event, SqlRows rows) {
    var said =
        said(
            cleanup.getOccurredAt(),
            cleanup.getEventId(),
            cleanup.getRun(),
            event,
            Summary.of(cleanup));
    add(Of.job(cleanup.getJobId(), cleanup.getOwnerId()), said, event, rows);
  }

  static void write(JobControl control, ReadEvent event, SqlRows rows) {
    var said = said(control.getOccurredAt(), control.getEventId(), 0, event, Summary.of(control));
    var resolve = control.getResolve();
    var photoId = resolve == null ? null : resolve.getPhotoId();
    var friendId = resolve == null ? null : resolve.getFriendId();
    add(new Of(control.getJobId(), control.getOwnerId(), photoId, friendId), said, event, rows);
  }

  static void write(JobStatus status, ReadEvent event, SqlRows rows) {
    var said =
        said(
            status.getOccurredAt(),
            status.getEventId(),
            status.getRun(),
            event,
            Summary.of(status));
    add(Of.job(status.getJobId(), status.getOwnerId()), said, event, rows);
  }

  /** A dead letter, when it names its job. */
  static void writeDead(ReadEvent event, SqlRows rows) {
    var headers = event.record().headers();
    var jobId = TextHeaders.id(headers, DeadLetters.JOB);
    if (jobId == null) {
      return;
    }
    var said =
        new Said(
            null,
            TextHeaders.text(headers, CLOUD_EVENT_ID),
            count(headers, DeadLetters.RUN, 0),
            count(headers, DeadLetters.ATTEMPTS, 1),
            Summary.ofDead(headers));
    var ownerId = TextHeaders.id(headers, DeadLetters.OWNER);
    var photoId = TextHeaders.id(headers, DeadLetters.PHOTO);
    add(new Of(jobId, ownerId, photoId, null), said, event, rows);
  }

  private static Said said(
      Instant occurredAt, String eventId, int run, ReadEvent event, String summary) {
    var attempt = 1 + count(event.record().headers(), DeadLetters.REPLAYS, 0);
    return new Said(occurredAt, eventId, run, attempt, summary);
  }

  private static int count(Headers headers, String name, int otherwise) {
    return Objects.requireNonNullElse(TextHeaders.count(headers, name), otherwise);
  }

  private static void add(Of of, Said said, ReadEvent event, SqlRows rows) {
    var record = event.record();
    rows.add(
        EVENT,
        of.jobId(),
        record.topic(),
        record.partition(),
        record.offset(),
        of.ownerId(),
        Instant.ofEpochMilli(record.timestamp()),
        said.occurredAt(),
        said.eventId(),
        said.run(),
        said.attempt(),
        of.photoId(),
        of.friendId(),
        said.summary());
  }
}
