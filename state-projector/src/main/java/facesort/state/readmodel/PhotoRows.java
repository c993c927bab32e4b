package facesort.state.readmodel;

import facesort.schemas.DeliveryDone;
import facesort.schemas.FacesDetected;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.TaskQueued;
import facesort.service.sql.Sql;
import java.util.Collection;
import java.util.Comparator;
import java.util.TreeMap;

/** Tables photo and pair. No embedding, box or object key gets there. */
final class PhotoRows {

  private static final String TASK =
      """
      INSERT INTO projector.photo (owner_id, job_id, photo_id, queued, list_position, filename,
        settled, settled_message, duplicate_of)
      VALUES ($1, $2, $3, true, $4, $5, $6, $7, $8)
      ON CONFLICT (job_id, owner_id, photo_id) DO UPDATE SET
        queued = true, list_position = excluded.list_position,
        filename = coalesce(excluded.filename, photo.filename),
        settled = excluded.settled, settled_message = excluded.settled_message,
        duplicate_of = excluded.duplicate_of
      WHERE NOT photo.queued
      """;

  private static final String FACES =
      """
      INSERT INTO projector.photo (owner_id, job_id, photo_id, filename, detected)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (job_id, owner_id, photo_id) DO UPDATE SET
        detected = excluded.detected, filename = coalesce(photo.filename, excluded.filename)
      WHERE photo.detected IS NULL
      """;

  private static final String MATCH =
      """
      INSERT INTO projector.photo (owner_id, job_id, photo_id, filename, rematch, match_faces,
        people)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (job_id, owner_id, photo_id) DO UPDATE SET
        filename = coalesce(photo.filename, excluded.filename), rematch = excluded.rematch,
        match_faces = excluded.match_faces, people = excluded.people
      WHERE photo.rematch IS NULL OR photo.rematch < excluded.rematch
      """;

  private static final String PERSON =
      """
      INSERT INTO projector.pair (owner_id, job_id, photo_id, friend_id, rematch, decision, score)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      ON CONFLICT (job_id, owner_id, photo_id, friend_id) DO UPDATE SET
        rematch = excluded.rematch, decision = excluded.decision, score = excluded.score
      WHERE pair.rematch IS NULL OR pair.rematch < excluded.rematch
      """;

  private static final String DELIVERY =
      """
      INSERT INTO projector.pair (owner_id, job_id, photo_id, friend_id, seq, state, cause, code,
        message, channel)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (job_id, owner_id, photo_id, friend_id) DO UPDATE SET
        seq = excluded.seq, state = excluded.state, cause = excluded.cause, code = excluded.code,
        message = excluded.message, channel = excluded.channel
      WHERE pair.seq IS NULL OR pair.seq < excluded.seq
      """;

  private PhotoRows() {}

  static void write(TaskQueued task, SqlRows rows) {
    rows.add(
        TASK,
        task.getOwnerId(),
        task.getJobId(),
        task.getPhotoId(),
        task.getPosition(),
        SqlRows.text(task.getFilename()),
        SqlRows.text(task.getSettled()),
        SqlRows.text(task.getSettledMessage()),
        SqlRows.text(task.getDuplicateOf()));
  }

  static void write(FacesDetected faces, SqlRows rows) {
    rows.add(
        FACES,
        faces.getOwnerId(),
        faces.getJobId(),
        faces.getPhotoId(),
        SqlRows.text(faces.getFilename()),
        faces.getFaces().size());
  }

  static void write(MatchResult match, SqlRows rows) {
    var people = people(match);
    rows.add(
        MATCH,
        match.getOwnerId(),
        match.getJobId(),
        match.getPhotoId(),
        SqlRows.text(match.getFilename()),
        match.getRematch(),
        match.getFaces().size(),
        people.size());
    for (var face : people) {
      rows.add(
          PERSON,
          match.getOwnerId(),
          match.getJobId(),
          match.getPhotoId(),
          face.getFriendId(),
          match.getRematch(),
          face.getDecision().name(),
          Sql.nullable(face.getScore(), Float.class));
    }
  }

  /** Of each friend the surest and then best face. */
  private static Collection<MatchedFace> people(MatchResult match) {
    var best = new TreeMap<String, MatchedFace>();
    for (var face : match.getFaces()) {
      var decided = face.getDecision();
      if (face.getFriendId() != null
          && (decided == MatchDecision.MATCHED || decided == MatchDecision.REVIEW)) {
        best.merge(face.getFriendId(), face, PhotoRows::better);
      }
    }
    return best.values();
  }

  private static MatchedFace better(MatchedFace one, MatchedFace other) {
    return Comparator.comparing(MatchedFace::getDecision)
                .reversed()
                .thenComparingDouble(face -> face.getScore() == null ? -1f : face.getScore())
                .compare(one, other)
            >= 0
        ? one
        : other;
  }

  static void write(DeliveryDone done, SqlRows rows) {
    rows.add(
        DELIVERY,
        done.getOwnerId(),
        done.getJobId(),
        done.getPhotoId(),
        done.getFriendId(),
        done.getSeq(),
        done.getState().name(),
        SqlRows.text(done.getCause()),
        SqlRows.text(done.getCode()),
        SqlRows.text(done.getMessage()),
        done.getChannel().name());
  }
}
