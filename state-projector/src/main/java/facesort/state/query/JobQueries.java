package facesort.state.query;

import facesort.schemas.JobState;
import facesort.service.sql.Sql;
import facesort.state.query.QueryDatabase.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/** An owner's jobs. What is another owner's is not there. */
public final class JobQueries {

  private static final int ERRORS_SHOWN = 20;

  private static final String JOB =
      """
      SELECT job_id, owner_id, name, state, failure, release, closed, run, total, submitted,
        in_flight, photos::text AS photos, faces, deliveries::text AS deliveries,
        commands::text AS commands, cleanup_requests, submitted_at,
        coalesce(matched_at, finished_at) AS settled_at, updated_at, finished_at
      FROM readmodel.job WHERE owner_id = $1
      """;

  private static final String SELECTED =
      """
       AND ($2::text IS NULL OR state = $2)
       AND ($3::text IS NULL OR strpos(lower(name), lower($3)) > 0
         OR strpos(lower(job_id), lower($3)) > 0)
      """;

  private static final String COUNT =
      "SELECT count(*) AS total FROM readmodel.job WHERE owner_id = $1";

  private static final String PAGE = " ORDER BY first_seen DESC, job_id LIMIT $4 OFFSET $5";

  /** Only photos that can have failed are looked at: of 100,000 those are few. */
  private static final String ERRORS =
      """
      SELECT photo_id, filename, coalesce(settled, dead, job.failure, 'UNKNOWN') AS code,
        coalesce(settled_message, dead_message) AS message
      FROM readmodel.photo_state p JOIN readmodel.job USING (job_id, owner_id)
      WHERE owner_id = $1 AND job_id = $2 AND p.state = 'FAILED'
        AND (p.settled IS NOT NULL
          OR p.photo_id IN (SELECT photo_id FROM readmodel.failure WHERE job_id = $2)
          OR EXISTS (SELECT 1 FROM readmodel.run_end WHERE job_id = $2 AND state = 'FAILED'))
      ORDER BY list_position, photo_id LIMIT $3
      """;

  private final QueryDatabase database;
  private final SettledLately lately;
  private final Clock clock;

  /** Over the read model. */
  public JobQueries(QueryDatabase database, SettledLately lately, Clock clock) {
    this.database = database;
    this.lately = lately;
    this.clock = clock;
  }

  /** Jobs, newest first, without their errors. */
  public Mono<JobView.Page> jobs(JobSelection selection) {
    var state = Sql.nullable(selection.state(), String.class);
    var search = Sql.nullable(selection.search(), String.class);
    var owner = selection.ownerId();
    return database.read(snapshot ->
        snapshot
            .list(COUNT + SELECTED, row -> row.number("total"), owner, state, search)
            .zipWhen(
                total ->
                    snapshot.list(
                        JOB + SELECTED + PAGE,
                        this::job,
                        owner,
                        state,
                        search,
                        selection.limit(),
                        selection.offset()),
                (total, jobs) -> new JobView.Page(jobs, total.getFirst())));
  }

  /** One job; empty when the owner has none of that id. */
  public Mono<JobView> job(String ownerId, String jobId) {
    return database.read(snapshot ->
        job(snapshot, ownerId, jobId)
            .zipWhen(
                job -> snapshot.list(ERRORS, JobQueries::error, ownerId, jobId, ERRORS_SHOWN),
                JobView::with));
  }

  Mono<JobView> job(Snapshot snapshot, String ownerId, String jobId) {
    return snapshot.one(JOB + " AND job_id = $2", this::job, ownerId, jobId);
  }

  private JobView job(Row row) {
    var submitted = row.integer("submitted");
    var total = row.integerOrNull("total");
    var pace = pace(row, submitted);
    return new JobView(
        row.text("job_id"),
        row.text("owner_id"),
        row.text("name"),
        row.text("state"),
        row.textOrNull("failure"),
        row.text("release"),
        row.yes("closed"),
        row.integer("run"),
        total == null ? submitted : total,
        Json.counts(row.text("photos")),
        row.integer("faces"),
        Json.counts(row.text("deliveries")),
        row.integer("cleanup_requests"),
        Json.list(row.text("commands"), JobView.Command.class),
        row.instantOrNull("submitted_at"),
        row.instant("updated_at"),
        row.instantOrNull("finished_at"),
        pace.perSecond(),
        pace.etaSeconds(),
        pace.basis(),
        List.of());
  }

  private Pace pace(Row row, int submitted) {
    var inFlight = row.integer("in_flight");
    var left =
        StatusView.left(
            JobState.valueOf(row.text("state")), row.integerOrNull("total"), submitted, inFlight);
    var from = row.instantOrNull("submitted_at");
    var until = inFlight > 0 ? null : row.instantOrNull("settled_at");
    var spent =
        from == null ? null : Duration.between(from, until == null ? clock.instant() : until);
    return Pace.of(
        new Pace.Progress(submitted - inFlight, left, spent),
        lately.of(row.text("job_id"), clock.instant()),
        row.integer("run"));
  }

  private static JobView.PhotoError error(Row row) {
    return new JobView.PhotoError(
        row.text("photo_id"),
        row.textOrNull("filename"),
        row.text("code"),
        row.textOrNull("message"));
  }
}
