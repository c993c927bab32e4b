package facesort.state.ops;

import facesort.schemas.Topics;
import facesort.service.sql.Sql;
import facesort.state.query.QueryDatabase;
import facesort.state.query.QueryDatabase.Snapshot;
import facesort.state.query.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Conservation over all jobs. A photo is in flight while its job is, and settled exactly once
 * afterwards; of a completed job every accepted pair was closed; and the job's own numbers are
 * those of its photos.
 *
 * <p>Topics are read one beside the other, so a job is judged only if its newest status is older
 * than the moment up to which every event is in the tables. A photo that was queued again later
 * than that status is not judged either.
 */
public final class AuditQuery {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SHOWN = 1_000;

  private static final String SUMS =
      """
      SELECT count(*) AS jobs, coalesce(sum(submitted), 0)::bigint AS photos,
        coalesce(sum(submitted) FILTER (WHERE coalesce(submitted_at, first_seen) < $2), 0)::bigint
          AS expired,
        (SELECT count(*) FROM readmodel.failure WHERE job_id IS NULL AND $1::text IS NULL)
          AS unattributed
      FROM readmodel.job WHERE $1::text IS NULL OR job_id = $1
      """;

  /** Each finding with the number of photos it is about. */
  private static final String FINDINGS =
      """
      WITH judged AS (
        SELECT * FROM readmodel.job WHERE ($1::text IS NULL OR job_id = $1)
          AND coalesce(submitted_at, first_seen) >= $2 AND updated_at <= $3
      ), p AS MATERIALIZED (
        SELECT p.job_id, p.owner_id, p.photo_id, p.run, p.state, p.match_run, p.rematch,
          job.state AS job_state
        FROM readmodel.photo_state p JOIN judged job USING (job_id, owner_id)
        WHERE p.run <= job.run
      ), seen AS (
        SELECT job_id, count(*) AS submitted,
          count(*) FILTER (WHERE state = 'MATCHED') AS matched,
          count(*) FILTER (WHERE state = 'NO_MATCH') AS no_match,
          count(*) FILTER (WHERE state = 'NO_FACE') AS no_face,
          count(*) FILTER (WHERE state = 'DUPLICATE') AS duplicate,
          count(*) FILTER (WHERE state = 'FAILED') AS failed,
          count(*) FILTER (WHERE state = 'CANCELLED') AS cancelled
        FROM p GROUP BY job_id
      ), findings AS (
        SELECT job_id, photo_id, 1::bigint AS photos, 'the job is ' || job_state
          || ', but the photo is ' || state || ' in run ' || run || ': '
          || CASE state WHEN 'QUEUED' THEN 'no faces.detected, match.result or dead letter of it'
            ELSE 'no match.result or dead letter of it' END AS what
        FROM p WHERE job_state NOT IN ('QUEUED', 'RUNNING') AND state IN ('QUEUED', 'DETECTED')
        UNION ALL
        SELECT job_id, photo_id, 1, CASE WHEN match_run IS NULL THEN 'faces.detected'
          ELSE 'match.result' END || ' without task.queued'
        FROM readmodel.photo JOIN judged USING (job_id, owner_id)
        WHERE photo.run IS NULL AND greatest(detected_at, photo.matched_at) <= $3
          AND (detected_at IS NOT NULL OR photo.matched_at IS NOT NULL)
        UNION ALL
        SELECT job_id, photo_id, 1, 'the job is COMPLETED, but delivery.done never closed the pair'
          || ' with ' || string_agg(friend_id, ', ' ORDER BY friend_id)
        FROM p JOIN readmodel.pair USING (job_id, owner_id, photo_id, match_run, rematch)
        WHERE job_state = 'COMPLETED' AND p.state = 'MATCHED' AND decision = 'MATCHED'
          AND pair.state IS NULL AND NOT EXISTS (SELECT 1 FROM readmodel.job_failure f
            WHERE f.job_id = p.job_id AND f.photo_id = p.photo_id AND f.source = 'match.result'
              AND f.run >= p.run)
        GROUP BY job_id, photo_id
        UNION ALL
        SELECT job_id, NULL, job.submitted - coalesce(seen.submitted, 0),
          format('job.status counts %s photos, %s of them have a task.queued', job.submitted,
            coalesce(seen.submitted, 0))
        FROM judged job LEFT JOIN seen USING (job_id)
        WHERE coalesce(seen.submitted, 0) < job.submitted
        UNION ALL
        SELECT job_id, NULL, total - submitted,
          format('%s photos were announced, %s submitted', total, submitted)
        FROM judged WHERE closed AND total > submitted
          AND state IN ('MATCHED', 'DELIVERING', 'CLEANING', 'COMPLETED')
        UNION ALL
        SELECT job_id, NULL, abs((job.photos ->> outcome)::bigint - number), format(
          'job.status counts %s photos as %s, their events %s', job.photos ->> outcome, outcome, number)
        FROM judged job JOIN seen USING (job_id) CROSS JOIN LATERAL (VALUES
          ('matched', matched), ('no_match', no_match), ('no_face', no_face),
          ('duplicate', duplicate), ('failed', failed), ('cancelled', cancelled)
        ) AS counted(outcome, number)
        WHERE job.state = 'COMPLETED' AND (job.photos ->> outcome)::bigint <> number
          AND seen.submitted = job.submitted
        UNION ALL
        SELECT job_id, NULL, count(*), format('%s tasks, but no job.status', count(*))
        FROM readmodel.photo LEFT JOIN readmodel.job USING (job_id)
        WHERE job.job_id IS NULL AND ($1::text IS NULL OR job_id = $1)
          AND photo.queued_at BETWEEN $2 AND $3 - interval '60 seconds'
        GROUP BY job_id
      )
      SELECT job_id, photo_id, what, sum(photos) OVER ()::bigint AS unaccounted FROM findings
      ORDER BY job_id, photo_id NULLS FIRST, what LIMIT $4
      """;

  private final QueryDatabase database;

  /** Over the read model. */
  public AuditQuery(QueryDatabase database) {
    this.database = database;
  }

  private record Found(AuditView.Finding finding, long unaccounted) {}

  /**
   * Audits; within 60 s.
   *
   * @param jobId the only job to look at; null = all
   * @param asOf moment up to which every event is in the tables
   */
  public Mono<AuditView> audit(@Nullable String jobId, Instant asOf) {
    return database.read(LIMIT, snapshot -> audit(snapshot, jobId, asOf));
  }

  private static Mono<AuditView> audit(Snapshot snapshot, @Nullable String jobId, Instant asOf) {
    var job = Sql.nullable(jobId, String.class);
    var kept = asOf.minus(Topics.TASK_QUEUED.retention());
    return snapshot
        .list(FINDINGS, AuditQuery::found, job, kept, asOf, SHOWN)
        .flatMap(found -> snapshot.one(SUMS, row -> view(row, found), job, kept));
  }

  private static Found found(Row row) {
    return new Found(
        new AuditView.Finding(row.text("job_id"), row.textOrNull("photo_id"), row.text("what")),
        row.number("unaccounted"));
  }

  private static AuditView view(Row row, List<Found> found) {
    return new AuditView(
        row.number("jobs"),
        row.number("photos"),
        found.isEmpty() ? 0 : found.getFirst().unaccounted(),
        row.number("expired"),
        row.number("unattributed"),
        found.stream().map(Found::finding).toList());
  }
}
