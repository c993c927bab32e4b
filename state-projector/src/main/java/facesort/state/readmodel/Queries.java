package facesort.state.readmodel;

import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What can be asked of the read model. Every query names the owner; what is another owner's is not
 * there. Errors of the database reach the caller as they are, after 5 s at most.
 */
public final class Queries {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int ERRORS_SHOWN = 20;

  private static final String JOB =
      """
      SELECT job_id, owner_id, name, state, failure, release, run, total, submitted, in_flight,
        photos::text AS photos, faces, deliveries::text AS deliveries, submitted_at, matched_at,
        updated_at, finished_at
      FROM projector.job WHERE owner_id = $1
      """;

  private static final String ERRORS =
      """
      SELECT photo_id, filename, coalesce(settled, dead, 'UNKNOWN') AS code,
        coalesce(settled_message, dead_message) AS message
      FROM projector.photo_state WHERE owner_id = $1 AND job_id = $2 AND state = 'FAILED'
      ORDER BY list_position, photo_id LIMIT $3
      """;

  private static final String PHOTOS =
      """
      SELECT photo_id, list_position, filename, state,
        CASE WHEN state IN ('FAILED', 'DUPLICATE') THEN coalesce(settled, dead) END AS code,
        CASE WHEN state IN ('FAILED', 'DUPLICATE')
          THEN coalesce(settled_message, dead_message) END AS message,
        duplicate_of, coalesce(detected, match_faces, 0) AS faces
      FROM projector.photo_state WHERE owner_id = $1 AND job_id = $2
      ORDER BY list_position, photo_id LIMIT $3 OFFSET $4
      """;

  private static final String PHOTO_COUNT =
      "SELECT count(*) AS total FROM projector.photo_state WHERE owner_id = $1 AND job_id = $2";

  /** A review pair of a dry run waits for nobody; a match that delivery cannot read has failed. */
  private static final String PEOPLE =
      """
      SELECT pair.photo_id, pair.friend_id, friend.name, pair.score, pair.decision,
        CASE
          WHEN pair.state IS NOT NULL THEN pair.state
          WHEN EXISTS (SELECT 1 FROM projector.job_failure f
            WHERE f.job_id = pair.job_id AND f.photo_id = pair.photo_id
              AND f.source = 'match.result'
              AND (f.owner_id IS NULL OR f.owner_id = pair.owner_id)) THEN 'FAILED'
          WHEN pair.decision = 'REVIEW' AND job.release <> 'DRY_RUN' THEN 'HELD'
          ELSE 'PLANNED'
        END AS delivery, pair.cause, pair.channel
      FROM projector.pair
      JOIN projector.photo USING (owner_id, job_id, photo_id, rematch)
      JOIN projector.job USING (owner_id, job_id)
      LEFT JOIN projector.friend USING (owner_id, friend_id)
      WHERE pair.owner_id = $1 AND pair.job_id = $2 AND pair.photo_id = ANY($3)
        AND photo.settled IS NULL
      ORDER BY pair.photo_id, pair.friend_id
      """;

  private static final String FRIEND =
      """
      SELECT friend_id, name, consent, version, gallery_version, gallery_state, gallery_code,
        exemplars, answers::text AS answers
      FROM projector.friend WHERE owner_id = $1 AND version IS NOT NULL AND NOT erased
      """;

  private final ConnectionFactory database;
  private final Clock clock;

  /** Over the database of {@link ReadModel}. */
  public Queries(ConnectionFactory database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** The owner's jobs, newest first, without their errors. */
  public Mono<List<JobView>> jobs(String ownerId, int limit) {
    return list(JOB + " ORDER BY first_seen DESC, job_id LIMIT $2", this::job, ownerId, limit);
  }

  /** One job; empty when the owner has none of that id. */
  public Mono<JobView> job(String ownerId, String jobId) {
    return list(JOB + " AND job_id = $2", this::job, ownerId, jobId)
        .flatMap(found -> found.isEmpty() ? Mono.empty() : Mono.just(found.getFirst()))
        .flatMap(job -> list(ERRORS, Queries::error, ownerId, jobId, ERRORS_SHOWN).map(job::with));
  }

  /** Photos of a job in list order; empty when the owner has no such job. */
  public Mono<PhotoView.Page> photos(String ownerId, String jobId, long offset, int limit) {
    return list(JOB + " AND job_id = $2", this::job, ownerId, jobId)
        .flatMap(found -> found.isEmpty() ? Mono.empty() : page(ownerId, jobId, offset, limit));
  }

  private Mono<PhotoView.Page> page(String ownerId, String jobId, long offset, int limit) {
    var total = list(PHOTO_COUNT, row -> number(row, "total"), ownerId, jobId);
    var photos =
        list(PHOTOS, Queries::photo, ownerId, jobId, limit, offset)
            .flatMap(found -> withPeople(ownerId, jobId, found));
    return total.zipWith(photos, (count, found) -> new PhotoView.Page(found, count.getFirst()));
  }

  private Mono<List<PhotoView>> withPeople(String ownerId, String jobId, List<PhotoView> photos) {
    var ids = photos.stream().map(PhotoView::photoId).toArray(String[]::new);
    return list(PEOPLE, Queries::person, ownerId, jobId, ids)
        .map(people ->
            people.stream()
                .collect(
                    Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList()))))
        .map(people ->
            photos.stream()
                .map(photo -> photo.with(people.getOrDefault(photo.photoId(), List.of())))
                .toList());
  }

  /** The owner's friends by id. */
  public Mono<List<FriendView>> friends(String ownerId) {
    return list(FRIEND + " ORDER BY friend_id", Queries::friend, ownerId);
  }

  /** One friend; empty when the owner has none of that id. */
  public Mono<FriendView> friend(String ownerId, String friendId) {
    return list(FRIEND + " AND friend_id = $2", Queries::friend, ownerId, friendId)
        .flatMap(found -> found.isEmpty() ? Mono.empty() : Mono.just(found.getFirst()));
  }

  private <T> Mono<List<T>> list(String sql, Function<Readable, T> row, Object... values) {
    return SqlTransaction.in(database, connection -> Sql.select(connection, row, sql, values))
        .collectList()
        .timeout(LIMIT);
  }

  private JobView job(Readable row) {
    var submitted = integer(row, "submitted");
    var settled = submitted - integer(row, "in_flight");
    var announced = row.get("total", Integer.class);
    var total = announced == null ? submitted : announced;
    var pace = Pace.of(settled, total, spent(row));
    return new JobView(
        text(row, "job_id"),
        text(row, "owner_id"),
        text(row, "name"),
        text(row, "state"),
        row.get("failure", String.class),
        text(row, "release"),
        integer(row, "run"),
        total,
        json(row, "photos"),
        integer(row, "faces"),
        json(row, "deliveries"),
        row.get("submitted_at", Instant.class),
        Sql.get(row, "updated_at", Instant.class),
        row.get("finished_at", Instant.class),
        pace.perSecond(),
        pace.etaSeconds(),
        List.of());
  }

  private @Nullable Duration spent(Readable row) {
    var submittedAt = row.get("submitted_at", Instant.class);
    var matchedAt = row.get("matched_at", Instant.class);
    return submittedAt == null
        ? null
        : Duration.between(submittedAt, matchedAt == null ? clock.instant() : matchedAt);
  }

  private static JobView.PhotoError error(Readable row) {
    return new JobView.PhotoError(
        text(row, "photo_id"),
        row.get("filename", String.class),
        text(row, "code"),
        row.get("message", String.class));
  }

  private static PhotoView photo(Readable row) {
    return new PhotoView(
        text(row, "photo_id"),
        integer(row, "list_position"),
        row.get("filename", String.class),
        text(row, "state"),
        row.get("code", String.class),
        row.get("message", String.class),
        row.get("duplicate_of", String.class),
        integer(row, "faces"),
        List.of());
  }

  private static Map.Entry<String, PhotoView.Person> person(Readable row) {
    return Map.entry(
        text(row, "photo_id"),
        new PhotoView.Person(
            text(row, "friend_id"),
            row.get("name", String.class),
            row.get("score", Float.class),
            text(row, "decision"),
            text(row, "delivery"),
            row.get("cause", String.class),
            row.get("channel", String.class)));
  }

  private static FriendView friend(Readable row) {
    return new FriendView(
        text(row, "friend_id"),
        text(row, "name"),
        Boolean.TRUE.equals(row.get("consent", Boolean.class)),
        number(row, "version"),
        row.get("gallery_state", String.class) == null ? null : gallery(row));
  }

  private static FriendView.Gallery gallery(Readable row) {
    return new FriendView.Gallery(
        text(row, "gallery_state"),
        row.get("gallery_code", String.class),
        number(row, "gallery_version"),
        integer(row, "exemplars"),
        json(row, "answers"));
  }

  private static String text(Readable row, String column) {
    return Sql.get(row, column, String.class);
  }

  private static int integer(Readable row, String column) {
    return Sql.get(row, column, Integer.class);
  }

  private static long number(Readable row, String column) {
    return Sql.get(row, column, Long.class);
  }

  private static JsonNode json(Readable row, String column) {
    return JSON.readTree(text(row, column));
  }
}
