package facesort.state.query;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import facesort.service.sql.Sql;
import facesort.state.query.QueryDatabase.Snapshot;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Photos of a job, and who is on them. */
public final class PhotoQueries {

  static final String HAS_JOB =
      "SELECT job_id FROM readmodel.job WHERE owner_id = $1 AND job_id = $2";

  private static final String CHOSEN =
      """
      FROM readmodel.photo_state p JOIN readmodel.job USING (job_id, owner_id)
      WHERE owner_id = $1 AND job_id = $2 AND ($3::text IS NULL OR p.state = $3)
      """;

  private static final String PHOTOS =
      """
      SELECT photo_id, list_position, filename, p.state, p.run,
        CASE WHEN p.state IN ('FAILED', 'DUPLICATE')
          THEN coalesce(settled, dead, job.failure) END AS code,
        CASE WHEN p.state IN ('FAILED', 'DUPLICATE')
          THEN coalesce(settled_message, dead_message) END AS message,
        duplicate_of, coalesce(detected, match_faces, 0) AS faces
      """
          + CHOSEN
          + " ORDER BY list_position, photo_id LIMIT $4 OFFSET $5";

  private static final String COUNT = "SELECT count(*) AS total " + CHOSEN;

  /** A review pair of a dry run waits for nobody; a match that delivery cannot read has failed. */
  private static final String PEOPLE =
      """
      SELECT pair.photo_id, pair.friend_id, friend.name, pair.score, pair.decision,
        CASE
          WHEN pair.state IS NOT NULL THEN pair.state
          WHEN EXISTS (SELECT 1 FROM readmodel.job_failure f
            WHERE f.job_id = pair.job_id AND f.photo_id = pair.photo_id
              AND f.source = 'match.result' AND f.run >= photo.run
              AND (f.owner_id IS NULL OR f.owner_id = pair.owner_id)) THEN 'FAILED'
          WHEN pair.decision = 'REVIEW' AND job.release <> 'DRY_RUN' THEN 'HELD'
          ELSE 'PLANNED'
        END AS delivery, pair.cause, pair.channel
      FROM readmodel.pair
      JOIN readmodel.photo_state photo USING (owner_id, job_id, photo_id, match_run, rematch)
      JOIN readmodel.job USING (owner_id, job_id)
      LEFT JOIN readmodel.friend USING (owner_id, friend_id)
      WHERE pair.owner_id = $1 AND pair.job_id = $2 AND pair.photo_id = ANY($3)
        AND photo.state = 'MATCHED'
      ORDER BY pair.photo_id, pair.friend_id
      """;

  private final QueryDatabase database;

  /** Over the read model. */
  public PhotoQueries(QueryDatabase database) {
    this.database = database;
  }

  /**
   * Photos in list order; empty when the owner has no such job.
   *
   * @param state state they have; null = any
   */
  public Mono<PhotoView.Page> photos(
      String ownerId, String jobId, @Nullable String state, int limit, long offset) {
    var wanted = Sql.nullable(state, String.class);
    return database.read(snapshot ->
        snapshot
            .one(HAS_JOB, row -> row.text("job_id"), ownerId, jobId)
            .flatMap(job -> snapshot.one(COUNT, row -> row.number("total"), ownerId, jobId, wanted))
            .zipWhen(
                total ->
                    snapshot
                        .list(PHOTOS, PhotoQueries::photo, ownerId, jobId, wanted, limit, offset)
                        .flatMap(found -> withPeople(snapshot, ownerId, jobId, found)),
                (total, found) -> new PhotoView.Page(found, total)));
  }

  private static Mono<List<PhotoView>> withPeople(
      Snapshot snapshot, String ownerId, String jobId, List<PhotoView> photos) {
    var ids = photos.stream().map(PhotoView::photoId).toArray(String[]::new);
    return snapshot
        .list(PEOPLE, PhotoQueries::person, ownerId, jobId, ids)
        .map(people ->
            people.stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList()))))
        .map(people ->
            photos.stream()
                .map(photo -> photo.with(people.getOrDefault(photo.photoId(), List.of())))
                .toList());
  }

  private static PhotoView photo(Row row) {
    return new PhotoView(
        row.text("photo_id"),
        row.integer("list_position"),
        row.textOrNull("filename"),
        row.text("state"),
        row.integer("run"),
        row.textOrNull("code"),
        row.textOrNull("message"),
        row.textOrNull("duplicate_of"),
        row.integer("faces"),
        List.of());
  }

  private static Map.Entry<String, PhotoView.Person> person(Row row) {
    return Map.entry(
        row.text("photo_id"),
        new PhotoView.Person(
            row.text("friend_id"),
            row.textOrNull("name"),
            row.columns().get("score", Float.class),
            row.text("decision"),
            row.text("delivery"),
            row.textOrNull("cause"),
            row.textOrNull("channel")));
  }
}
