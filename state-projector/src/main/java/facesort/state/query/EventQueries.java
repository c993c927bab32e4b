package facesort.state.query;

import facesort.service.sql.Sql;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The history of a job: every event, in order of time, topic, partition, offset. */
public final class EventQueries {

  private static final String CHOSEN =
      """
       FROM readmodel.history
       WHERE job_id = $1 AND (owner_id IS NULL OR owner_id = $2)
         AND ($3::text IS NULL OR photo_id = $3)
      """;

  private static final String EVENTS =
      """
      SELECT topic, kafka_partition, kafka_offset, at, occurred_at, event_id, run, attempt,
        photo_id, friend_id, summary
      """
          + CHOSEN
          + " ORDER BY at, topic, kafka_partition, kafka_offset LIMIT $4 OFFSET $5";

  private static final String COUNT = "SELECT count(*) AS total" + CHOSEN;

  private final QueryDatabase database;

  /** Over the read model. */
  public EventQueries(QueryDatabase database) {
    this.database = database;
  }

  /**
   * Events; empty when the owner has no such job.
   *
   * @param photoId photo they are of; null = all events of the job
   */
  public Mono<EventView.Page> events(
      String ownerId, String jobId, @Nullable String photoId, int limit, long offset) {
    var photo = Sql.nullable(photoId, String.class);
    return database.read(snapshot ->
        snapshot
            .one(PhotoQueries.HAS_JOB, row -> row.text("job_id"), ownerId, jobId)
            .flatMap(job -> snapshot.one(COUNT, row -> row.number("total"), jobId, ownerId, photo))
            .zipWhen(
                total ->
                    snapshot.list(
                        EVENTS, EventQueries::event, jobId, ownerId, photo, limit, offset),
                (total, events) -> new EventView.Page(events, total)));
  }

  static EventView event(Row row) {
    return new EventView(
        row.text("topic"),
        row.integer("kafka_partition"),
        row.number("kafka_offset"),
        row.instant("at"),
        row.instantOrNull("occurred_at"),
        row.textOrNull("event_id"),
        row.integer("run"),
        row.integerOrNull("attempt"),
        row.textOrNull("photo_id"),
        row.textOrNull("friend_id"),
        row.text("summary"));
  }
}
