package facesort.state.readmodel;

import facesort.schemas.DeliveryCounts;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PhotoCounts;
import facesort.service.sql.Sql;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Table job: a job's newest status. Statuses of one job come in their order, each once. */
final class JobRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final String STATUS =
      """
      INSERT INTO projector.job (job_id, owner_id, name, state, failure, release, run, total,
        submitted, in_flight, photos, faces, deliveries, submitted_at, matched_at, updated_at,
        finished_at, first_seen)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::json, $12, $13::json, $14, $15, $16,
        $17, $16)
      ON CONFLICT (job_id) DO UPDATE SET
        name = excluded.name, state = excluded.state, failure = excluded.failure,
        release = excluded.release, run = excluded.run, total = excluded.total,
        submitted = excluded.submitted, in_flight = excluded.in_flight, photos = excluded.photos,
        faces = excluded.faces, deliveries = excluded.deliveries,
        submitted_at = excluded.submitted_at,
        matched_at = coalesce(job.matched_at, excluded.matched_at),
        updated_at = excluded.updated_at, finished_at = excluded.finished_at
      """;

  private static final String REMOVE = "DELETE FROM projector.job WHERE job_id = $1";

  private JobRows() {}

  static void write(JobStatus status, SqlRows rows) {
    var photos = status.getPhotos();
    rows.add(
        STATUS,
        status.getJobId(),
        status.getOwnerId(),
        status.getName(),
        status.getState().name(),
        SqlRows.text(status.getFailure()),
        status.getRelease().name(),
        status.getRun(),
        Sql.nullable(status.getTotal(), Integer.class),
        photos.getSubmitted(),
        photos.getInFlight(),
        JSON.writeValueAsString(counts(photos)),
        status.getFaces(),
        JSON.writeValueAsString(counts(status.getDeliveries())),
        Sql.nullable(status.getSubmittedAt(), Instant.class),
        Sql.nullable(matchedAt(status), Instant.class),
        status.getOccurredAt(),
        Sql.nullable(status.getFinishedAt(), Instant.class));
  }

  static void remove(String jobId, SqlRows rows) {
    rows.add(REMOVE, jobId);
  }

  private static @org.jspecify.annotations.Nullable Instant matchedAt(JobStatus status) {
    var state = status.getState();
    return state == JobState.QUEUED || state == JobState.RUNNING ? null : status.getOccurredAt();
  }

  private static Map<String, Integer> counts(PhotoCounts photos) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("submitted", photos.getSubmitted());
    counts.put("matched", photos.getMatched());
    counts.put("no_match", photos.getNoMatch());
    counts.put("no_face", photos.getNoFace());
    counts.put("duplicate", photos.getDuplicate());
    counts.put("failed", photos.getFailed());
    counts.put("cancelled", photos.getCancelled());
    counts.put("in_flight", photos.getInFlight());
    return counts;
  }

  private static Map<String, Integer> counts(DeliveryCounts deliveries) {
    var counts = new LinkedHashMap<String, Integer>();
    counts.put("pairs", deliveries.getPairs());
    counts.put("open", deliveries.getOpen());
    counts.put("held", deliveries.getHeld());
    counts.put("sent", deliveries.getSent());
    counts.put("unknown", deliveries.getUnknown());
    counts.put("refused", deliveries.getRefused());
    counts.put("failed", deliveries.getFailed());
    counts.put("dropped", deliveries.getDropped());
    counts.put("recalled", deliveries.getRecalled());
    return counts;
  }
}
