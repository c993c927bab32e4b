package facesort.state.query;

import facesort.service.sql.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What went wrong in a job: its dead letters, photos that ingest settled as failures, photos that
 * failed with their job, faces that were left out, deliveries that did not get through.
 */
public final class ErrorQueries {

  /** As facesort.state.job.FailureSignature, for failures that are no dead letters. */
  private static final String SIGNATURE =
      """
      left(encode(sha256(convert_to(e.code || E'\\n' || e.service || E'\\n' || regexp_replace(
        regexp_replace(coalesce(e.message, ''), '"[^"]*"|''[^'']*''', '?', 'g'),
        '[A-Za-z0-9_.,:/+-]*[0-9][A-Za-z0-9_.,:/+-]*', '?', 'g'), 'UTF8')), 'hex'), 12)
      """;

  /** A dead letter of a record that is not part of the job is never tried again. */
  private static final String ALL =
      """
      WITH p AS MATERIALIZED (
        SELECT * FROM readmodel.photo_state WHERE owner_id = $1 AND job_id = $2
      ), told AS (
        SELECT p.photo_id, p.filename, NULL::int AS face, NULL::text AS friend_id,
          'ingest' AS stage, p.settled AS code, p.settled_message AS message,
          p.task_topic || '-' || p.task_partition || '@' || p.task_offset AS origin,
          NULL::int AS attempts, p.run, 'skipped' AS resolution, p.queued_at AS at,
          'ingest-service' AS service
        FROM p WHERE p.settled IS NOT NULL AND p.settled <> 'DUPLICATE'
        UNION ALL
        SELECT p.photo_id, p.filename, NULL, NULL, 'job', coalesce(job.failure, 'UNKNOWN'), NULL,
          NULL, NULL, p.run, 'pending', job.finished_at, 'state-projector'
        FROM p JOIN readmodel.job USING (owner_id, job_id)
        WHERE p.state = 'FAILED' AND p.settled IS NULL AND p.dead IS NULL
        UNION ALL
        SELECT p.photo_id, p.filename, (f.face ->> 'face')::int, NULL, 'detect',
          f.face ->> 'skipped', NULL,
          'match.result-' || p.match_partition || '@' || p.match_offset, NULL, p.match_run,
          'skipped', p.matched_at, 'inference-service-detect'
        FROM p, jsonb_array_elements(p.match::jsonb -> 'faces') AS f(face)
        WHERE p.match_counts AND p.settled IS NULL AND f.face ->> 'skipped' IS NOT NULL
        UNION ALL
        SELECT p.photo_id, p.filename, NULL, pair.friend_id, 'delivery',
          coalesce(pair.code, pair.state), pair.message, NULL, pair.attempts, pair.match_run,
          CASE WHEN p.run > pair.match_run THEN 'retried' ELSE 'pending' END, pair.closed_at,
          'delivery-service'
        FROM readmodel.pair JOIN p USING (owner_id, job_id, photo_id)
        WHERE pair.state IN ('FAILED', 'REFUSED', 'UNKNOWN')
      ), errors AS (
        SELECT e.photo_id, e.filename, e.face, e.friend_id, e.stage, e.code, e.message, e.origin,
          e.attempts, coalesce(e.run, 0) AS run, e.resolution, e.at,
      """
          + SIGNATURE
          + """
               AS signature
            FROM told e
            UNION ALL
            SELECT f.photo_id, p.filename, NULL, NULL,
              CASE WHEN f.source IN ('task.queued', 'task.queued.interactive') THEN 'detect'
                WHEN f.source = 'faces.detected' THEN 'match'
                WHEN f.source = 'match.result' THEN 'delivery'
                ELSE f.source END,
              f.code, f.message, f.origin, f.attempts, f.run,
              CASE WHEN f.code IN ('JOB_CLOSED', 'OWNER_MISMATCH') THEN 'skipped'
                WHEN p.run > f.run THEN 'retried'
                WHEN p.match_counts AND p.matched_at > f.seen_at THEN 'retried'
                ELSE 'pending' END,
              f.seen_at, f.signature
            FROM readmodel.failure f LEFT JOIN p ON p.photo_id = f.photo_id
            WHERE f.job_id = $2 AND (f.owner_id IS NULL OR f.owner_id = $1)
          ), chosen AS MATERIALIZED (
            SELECT * FROM errors
            WHERE ($3::text IS NULL OR code = $3) AND ($4::text IS NULL OR signature = $4)
          )
          """;

  private static final String PAGE =
      ALL
          + """
          SELECT * FROM chosen
          ORDER BY at DESC NULLS LAST, photo_id, face, friend_id, origin LIMIT $5 OFFSET $6
          """;

  private static final String GROUPS =
      ALL
          + """
          SELECT signature, code, stage, count(*) AS count, min(message) AS example FROM chosen
          GROUP BY signature, code, stage ORDER BY count(*) DESC, signature, stage
          """;

  private final QueryDatabase database;

  /** Over the read model. */
  public ErrorQueries(QueryDatabase database) {
    this.database = database;
  }

  /**
   * Which errors of a job.
   *
   * @param code code they have; null = any
   * @param signature signature they have; null = any
   */
  public record Selection(
      String ownerId,
      String jobId,
      @Nullable String code,
      @Nullable String signature,
      int limit,
      long offset) {}

  /** Errors; empty when the owner has no such job. */
  public Mono<ErrorView.Page> errors(Selection wanted) {
    var owner = wanted.ownerId();
    var job = wanted.jobId();
    var code = Sql.nullable(wanted.code(), String.class);
    var signature = Sql.nullable(wanted.signature(), String.class);
    return database.read(snapshot ->
        snapshot
            .one(PhotoQueries.HAS_JOB, row -> row.text("job_id"), owner, job)
            .flatMap(
                found -> snapshot.list(GROUPS, ErrorQueries::group, owner, job, code, signature))
            .zipWhen(
                groups ->
                    snapshot.list(
                        PAGE,
                        ErrorQueries::error,
                        owner,
                        job,
                        code,
                        signature,
                        wanted.limit(),
                        wanted.offset()),
                ErrorQueries::page));
  }

  private static ErrorView.Page page(List<ErrorView.Group> groups, List<ErrorView> errors) {
    var total = groups.stream().mapToLong(ErrorView.Group::count).sum();
    return new ErrorView.Page(errors, groups, total);
  }

  private static ErrorView.Group group(Row row) {
    return new ErrorView.Group(
        row.text("signature"),
        row.text("code"),
        row.text("stage"),
        row.number("count"),
        row.textOrNull("example"));
  }

  private static ErrorView error(Row row) {
    return new ErrorView(
        row.textOrNull("photo_id"),
        row.textOrNull("filename"),
        row.integerOrNull("face"),
        row.textOrNull("friend_id"),
        row.text("stage"),
        row.text("code"),
        row.textOrNull("message"),
        row.textOrNull("origin"),
        row.integerOrNull("attempts"),
        row.integer("run"),
        row.text("resolution"),
        row.text("signature"),
        row.instantOrNull("at"));
  }
}
