package facesort.state.readmodel;

import static facesort.state.readmodel.ColumnType.BIGINT;
import static facesort.state.readmodel.ColumnType.INT;
import static facesort.state.readmodel.ColumnType.JSON;
import static facesort.state.readmodel.ColumnType.REAL;
import static facesort.state.readmodel.ColumnType.REALS;
import static facesort.state.readmodel.ColumnType.TEXT;
import static facesort.state.readmodel.ColumnType.TEXTS;
import static facesort.state.readmodel.ColumnType.TIME;

import facesort.schemas.DeliveryDone;
import facesort.schemas.FacesDetected;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskQueued;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tables photo and pair. No embedding, box or object key gets there. */
final class PhotoRows {

  private static final String[] PHOTO = {"job_id", "owner_id", "photo_id"};

  /** Of two tasks of one run the first counts, by an order that does not depend on who is read. */
  private static final Upsert TASK =
      Upsert.into("photo")
          .key(PHOTO)
          .set(TEXT, "task_id")
          .set(INT, "run")
          .set(TEXT, "task_topic")
          .set(INT, "task_partition")
          .set(BIGINT, "task_offset")
          .set(TIME, "queued_at")
          .set(INT, "list_position")
          .set(TEXT, "filename", "settled", "settled_message", "duplicate_of")
          .where(
              """
              old.run IS NULL OR old.run < excluded.run
              OR (old.run = excluded.run AND (old.task_topic, old.task_partition, old.task_offset)
                > (excluded.task_topic, excluded.task_partition, excluded.task_offset))\
              """);

  private static final Upsert FACES =
      Upsert.into("photo")
          .key(PHOTO)
          .set(INT, "detected_run", "detected_partition")
          .set(BIGINT, "detected_offset")
          .set(INT, "detected", "skipped")
          .set(TIME, "detected_at")
          .set(INT, "detect_millis")
          .where(
              """
              old.detected_run IS NULL OR old.detected_run < excluded.detected_run
              OR (old.detected_run = excluded.detected_run
                AND (old.detected_partition, old.detected_offset)
                > (excluded.detected_partition, excluded.detected_offset))\
              """);

  private static final Upsert MATCH =
      Upsert.into("photo")
          .key(PHOTO)
          .set(INT, "match_run")
          .set(BIGINT, "rematch")
          .set(INT, "match_partition")
          .set(BIGINT, "match_offset")
          .set(INT, "match_faces", "people")
          .set(TIME, "matched_at")
          .set(REALS, "scores")
          .set(JSON, "match")
          .where(
              """
              old.match_run IS NULL
              OR (old.match_run, old.rematch) < (excluded.match_run, excluded.rematch)
              OR ((old.match_run, old.rematch) = (excluded.match_run, excluded.rematch)
                AND (old.match_partition, old.match_offset)
                > (excluded.match_partition, excluded.match_offset))\
              """);

  private static final Upsert PERSON =
      Upsert.into("pair")
          .key(PHOTO)
          .key("friend_id")
          .set(INT, "match_run")
          .set(BIGINT, "rematch")
          .set(TEXT, "decision")
          .set(REAL, "score")
          .where(
              """
              old.match_run IS NULL
              OR (old.match_run, old.rematch) < (excluded.match_run, excluded.rematch)\
              """);

  private static final Upsert DELIVERY =
      Upsert.into("pair")
          .key(PHOTO)
          .key("friend_id")
          .set(INT, "seq")
          .set(TEXT, "state", "cause", "code", "message", "channel", "album_id")
          .set(TEXTS, "message_ids")
          .set(INT, "attempts")
          .set(TIME, "closed_at")
          .where("old.seq IS NULL OR old.seq < excluded.seq");

  private PhotoRows() {}

  static void write(TaskQueued task, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    rows.add(
        TASK,
        task.getJobId(),
        task.getOwnerId(),
        task.getPhotoId(),
        task.getTaskId(),
        task.getRun(),
        record.topic(),
        record.partition(),
        record.offset(),
        task.getOccurredAt(),
        task.getPosition(),
        task.getFilename(),
        Texts.of(task.getSettled()),
        task.getSettledMessage(),
        task.getDuplicateOf());
  }

  static void write(FacesDetected faces, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    var skipped = faces.getFaces().stream().filter(face -> face.getSkipped() != null).count();
    rows.add(
        FACES,
        faces.getJobId(),
        faces.getOwnerId(),
        faces.getPhotoId(),
        faces.getRun(),
        record.partition(),
        record.offset(),
        faces.getFaces().size(),
        (int) skipped,
        faces.getOccurredAt(),
        faces.getProcessingMillis());
  }

  static void write(MatchResult match, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    var people = MatchText.people(match);
    rows.add(
        MATCH,
        match.getJobId(),
        match.getOwnerId(),
        match.getPhotoId(),
        match.getRun(),
        match.getRematch(),
        record.partition(),
        record.offset(),
        match.getFaces().size(),
        people.size(),
        match.getOccurredAt(),
        Texts.reals(MatchText.scores(match)),
        MatchText.json(match));
    for (var face : people) {
      rows.add(
          PERSON,
          match.getJobId(),
          match.getOwnerId(),
          match.getPhotoId(),
          face.getFriendId(),
          match.getRun(),
          match.getRematch(),
          face.getDecision().name(),
          face.getScore());
    }
  }

  static void write(DeliveryDone done, SqlRows rows) {
    rows.add(
        DELIVERY,
        done.getJobId(),
        done.getOwnerId(),
        done.getPhotoId(),
        done.getFriendId(),
        done.getSeq(),
        done.getState().name(),
        Texts.of(done.getCause()),
        Texts.of(done.getCode()),
        done.getMessage(),
        done.getChannel().name(),
        done.getAlbumId(),
        Texts.json(done.getMessageIds()),
        done.getAttempts(),
        done.getOccurredAt());
  }
}
