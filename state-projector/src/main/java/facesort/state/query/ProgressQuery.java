package facesort.state.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** How far a job is: everything counted anew from its photos at the time of the question. */
public final class ProgressQuery {

  private static final int BINS = 20;

  /** Scores are decimal numbers for their bins: 0.35 is not the float below it. */
  private static final String COUNTS =
      """
      WITH p AS MATERIALIZED (
        SELECT * FROM readmodel.photo_state WHERE owner_id = $1 AND job_id = $2
      ), pairs AS MATERIALIZED (
        SELECT pair.*, p.matched_at FROM readmodel.pair
        JOIN p USING (owner_id, job_id, photo_id, match_run, rematch) WHERE p.state = 'MATCHED'
      ), times AS (
        SELECT 'wait' AS stage, 1 AS nr,
          extract(epoch FROM detected_at - queued_at) * 1000 - coalesce(detect_millis, 0) AS millis
        FROM p WHERE detected_run >= run
        UNION ALL SELECT 'detect', 2, detect_millis FROM p WHERE detected_run >= run
        UNION ALL SELECT 'match', 3, extract(epoch FROM matched_at - detected_at) * 1000
        FROM p WHERE match_counts AND detected_run = match_run
        UNION ALL SELECT 'delivery', 4, extract(epoch FROM closed_at - matched_at) * 1000
        FROM pairs WHERE pairs.state IS NOT NULL
      )
      SELECT
        (SELECT json_build_object(
          'submitted', count(*),
          'matched', count(*) FILTER (WHERE state = 'MATCHED'),
          'no_match', count(*) FILTER (WHERE state = 'NO_MATCH'),
          'no_face', count(*) FILTER (WHERE state = 'NO_FACE'),
          'duplicate', count(*) FILTER (WHERE state = 'DUPLICATE'),
          'failed', count(*) FILTER (WHERE state = 'FAILED'),
          'cancelled', count(*) FILTER (WHERE state = 'CANCELLED'),
          'in_flight', count(*) FILTER (WHERE state IN ('QUEUED', 'DETECTED')))
        FROM p)::text AS photos,
        (SELECT json_build_object(
          'found', coalesce(sum(CASE WHEN detected_run >= run THEN detected
            WHEN match_counts THEN match_faces END), 0),
          'compared', coalesce(sum(cardinality(scores)) FILTER (WHERE match_counts), 0),
          'skipped', coalesce(sum(skipped) FILTER (WHERE detected_run >= run), 0))
        FROM p)::text AS faces,
        (SELECT json_object_agg(bin, faces) FROM (
          SELECT greatest(least(floor(score::numeric * 20), 19), 0)::int AS bin,
            count(*) AS faces
          FROM p, unnest(p.scores) AS score WHERE match_counts GROUP BY 1
        ) AS bins)::text AS bins,
        (SELECT json_agg(f ORDER BY f.photos DESC, f.friend_id) FROM (
          SELECT friend_id, min(friend.name) AS name, count(*) AS photos,
            count(*) FILTER (WHERE pairs.state = 'SENT') AS sent,
            count(*) FILTER (WHERE pairs.state = 'HELD' OR (pairs.state IS NULL
              AND pairs.decision = 'REVIEW' AND job.release <> 'DRY_RUN')) AS held
          FROM pairs JOIN readmodel.job USING (owner_id, job_id)
          LEFT JOIN readmodel.friend USING (owner_id, friend_id) GROUP BY friend_id
        ) AS f)::text AS friends,
        (SELECT json_agg(json_build_object('stage', stage, 'count', count,
            'p50_millis', round(quantiles[1]), 'p95_millis', round(quantiles[2])) ORDER BY nr)
          FROM (
            SELECT stage, nr, count(millis) AS count,
              percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY greatest(millis, 0)::float8)
                AS quantiles
            FROM times WHERE millis IS NOT NULL GROUP BY stage, nr
          ) AS t)::text AS stages
      """;

  private final QueryDatabase database;
  private final JobQueries jobs;

  /** Over the read model. */
  public ProgressQuery(QueryDatabase database, JobQueries jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  /** A job's progress; empty when the owner has no such job. */
  public Mono<ProgressView> progress(String ownerId, String jobId) {
    return database.read(snapshot ->
        jobs.job(snapshot, ownerId, jobId)
            .flatMap(job -> snapshot.one(COUNTS, row -> progress(job, row), ownerId, jobId)));
  }

  private static ProgressView progress(JobView job, Row row) {
    return new ProgressView(
        Json.counts(row.text("photos")),
        Json.read(row.text("faces"), ProgressView.Faces.class),
        bins(row.textOrNull("bins")),
        list(row.textOrNull("friends"), ProgressView.Friend.class),
        list(row.textOrNull("stages"), ProgressView.Stage.class),
        job.ratePerSecond(),
        job.etaSeconds(),
        job.etaBasis());
  }

  private static <T> List<T> list(@Nullable String json, Class<T> type) {
    return json == null ? List.of() : Json.list(json, type);
  }

  private static List<ProgressView.Bin> bins(@Nullable String json) {
    var faces =
        json == null
            ? Map.<Integer, Integer>of()
            : Json.counts(json).entrySet().stream()
                .collect(Collectors.toMap(e -> Integer.valueOf(e.getKey()), Map.Entry::getValue));
    var bins = new ArrayList<ProgressView.Bin>();
    for (int i = 0; i < BINS; i++) {
      bins.add(
          new ProgressView.Bin(
              i / (double) BINS, (i + 1) / (double) BINS, faces.getOrDefault(i, 0)));
    }
    return bins;
  }
}
