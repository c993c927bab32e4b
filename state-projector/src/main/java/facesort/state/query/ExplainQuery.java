package facesort.state.query;

import facesort.schemas.Topics;
import facesort.state.query.Evidence.Dead;
import facesort.state.query.Evidence.Pair;
import facesort.state.query.Evidence.Photo;
import facesort.state.query.ExplainView.Place;
import facesort.state.query.QueryDatabase.Snapshot;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Collects what is known of a photo and a friend, and tells it. */
public final class ExplainQuery {

  private static final int MOST_EVENTS = 200;

  /** Also photos that no task names. */
  private static final String PHOTO =
      """
      SELECT p.*, s.state, s.match_counts, f.kafka_partition AS dead_partition,
        f.kafka_offset AS dead_offset, f.source AS dead_source, f.seen_at AS dead_at,
        s.dead AS dead_code, f.message AS dead_message, p.match::text AS match_text
      FROM readmodel.photo p
      LEFT JOIN readmodel.photo_state s USING (job_id, owner_id, photo_id)
      LEFT JOIN LATERAL (
        SELECT * FROM readmodel.job_failure f
        WHERE s.dead IS NOT NULL AND f.job_id = p.job_id AND f.photo_id = p.photo_id
          AND f.code = s.dead AND f.run >= p.run
          AND f.source IN ('task.queued', 'task.queued.interactive', 'faces.detected')
        ORDER BY f.source, f.kafka_partition, f.kafka_offset LIMIT 1
      ) f ON true
      WHERE p.owner_id = $1 AND p.job_id = $2 AND p.photo_id = $3
      """;

  private static final String PAIR =
      """
      SELECT pair.* FROM readmodel.pair
      JOIN readmodel.photo USING (owner_id, job_id, photo_id, match_run, rematch)
      WHERE owner_id = $1 AND job_id = $2 AND photo_id = $3 AND friend_id = $4
      """;

  private static final String UNREADABLE =
      """
      SELECT f.* FROM readmodel.job_failure f JOIN readmodel.photo p USING (job_id, photo_id)
      WHERE p.owner_id = $1 AND f.job_id = $2 AND f.photo_id = $3 AND f.source = 'match.result'
        AND f.run >= p.run AND (f.owner_id IS NULL OR f.owner_id = p.owner_id)
      ORDER BY f.kafka_partition, f.kafka_offset LIMIT 1
      """;

  private static final String EVENTS =
      """
      SELECT * FROM readmodel.history
      WHERE job_id = $1 AND (owner_id IS NULL OR owner_id = $2)
        AND (photo_id = $3 OR topic = 'job.control')
      ORDER BY at, topic, kafka_partition, kafka_offset LIMIT $4
      """;

  private final QueryDatabase database;
  private final JobQueries jobs;

  /** Over the read model. */
  public ExplainQuery(QueryDatabase database, JobQueries jobs) {
    this.database = database;
    this.jobs = jobs;
  }

  /**
   * Explains; empty when the owner has no such job.
   *
   * @param friendId null = the photo alone
   */
  public Mono<ExplainView> explain(
      String ownerId, String jobId, String photoId, @Nullable String friendId) {
    return database.read(snapshot ->
        jobs.job(snapshot, ownerId, jobId)
            .flatMap(job -> evidence(snapshot, job, photoId, friendId))
            .map(Explanation::of));
  }

  private static Mono<Evidence> evidence(
      Snapshot snapshot, JobView job, String photoId, @Nullable String friendId) {
    var owner = job.ownerId();
    var jobId = job.jobId();
    var friend = friendId == null ? "" : friendId;
    return snapshot
        .list(PHOTO, ExplainQuery::photo, owner, jobId, photoId)
        .flatMap(photo ->
            snapshot
                .list(FriendQueries.ONE, FriendQueries::friend, owner, friend)
                .flatMap(profile ->
                    snapshot
                        .list(PAIR, ExplainQuery::pair, owner, jobId, photoId, friend)
                        .flatMap(pair ->
                            snapshot
                                .list(UNREADABLE, ExplainQuery::dead, owner, jobId, photoId)
                                .flatMap(dead ->
                                    snapshot
                                        .list(
                                            EVENTS,
                                            EventQueries::event,
                                            jobId,
                                            owner,
                                            photoId,
                                            MOST_EVENTS)
                                        .map(events ->
                                            new Evidence(
                                                job,
                                                photoId,
                                                only(photo),
                                                friendId,
                                                only(profile),
                                                only(pair),
                                                only(dead),
                                                events))))));
  }

  private static <T> @Nullable T only(List<T> found) {
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Photo photo(Row row) {
    var counts = row.yes("match_counts");
    var match = counts ? row.textOrNull("match_text") : null;
    return new Photo(
        row.textOrNull("state"),
        Objects.requireNonNullElse(row.integerOrNull("run"), 0),
        place(row, row.textOrNull("task_topic"), "task_partition", "task_offset"),
        row.instantOrNull("queued_at"),
        row.textOrNull("filename"),
        row.textOrNull("settled"),
        row.textOrNull("settled_message"),
        row.textOrNull("duplicate_of"),
        place(row, "faces.detected", "detected_partition", "detected_offset"),
        row.integerOrNull("detected"),
        row.integerOrNull("skipped"),
        row.instantOrNull("detected_at"),
        row.integerOrNull("detect_millis"),
        failed(row),
        counts ? place(row, "match.result", "match_partition", "match_offset") : null,
        counts ? row.instantOrNull("matched_at") : null,
        match == null ? null : Json.read(match, Evidence.Match.class));
  }

  private static @Nullable Dead failed(Row row) {
    var source = row.textOrNull("dead_source");
    var place =
        source == null ? null : place(row, deadLettersOf(source), "dead_partition", "dead_offset");
    return place == null
        ? null
        : new Dead(
            place, row.text("dead_code"), row.textOrNull("dead_message"), row.instant("dead_at"));
  }

  private static Dead dead(Row row) {
    return new Dead(
        new Place(
            deadLettersOf(row.text("source")),
            row.integer("kafka_partition"),
            row.number("kafka_offset")),
        row.text("code"),
        row.textOrNull("message"),
        row.instant("seen_at"));
  }

  private static String deadLettersOf(String source) {
    return Topics.named(source).map(topic -> topic.deadLetters()).orElse(source);
  }

  private static @Nullable Place place(
      Row row, @Nullable String topic, String partition, String offset) {
    var number = row.integerOrNull(partition);
    var at = row.numberOrNull(offset);
    return topic == null || number == null || at == null ? null : new Place(topic, number, at);
  }

  private static Pair pair(Row row) {
    return new Pair(
        row.text("decision"),
        row.textOrNull("state"),
        row.textOrNull("cause"),
        row.textOrNull("code"),
        row.textOrNull("message"),
        row.textOrNull("channel"),
        row.textOrNull("album_id"),
        row.integerOrNull("attempts"),
        row.instantOrNull("closed_at"));
  }
}
