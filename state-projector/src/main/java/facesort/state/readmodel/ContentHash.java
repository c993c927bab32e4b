package facesort.state.readmodel;

import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What the read model says, as one number: the same for the same topics, however often, in whatever
 * order and batches they were read. Left out is what another reading cannot give: workers, which
 * live now; when a status was first seen and the history of statuses, since {@code job.status} is
 * compacted; and what came from {@code faces.detected} and its dead letters more than 7 days ago,
 * since nothing there is kept longer.
 */
public final class ContentHash {

  /** Texts of times depend on the session. */
  private static final String SESSION = "SET LOCAL TIME ZONE 'UTC'";

  /**
   * Each row by name of its table and its columns; sums of the rows' digests, so that their order
   * does not matter and no number of rows is too many.
   */
  private static final String HASH =
      """
      WITH content AS (
        SELECT 'job' AS name, ROW(job_id, owner_id, name, state, failure, release, closed, run,
          total, submitted, in_flight, photos, faces, deliveries, commands, cleanup_requests,
          submitted_at, updated_at, finished_at)::text AS row FROM readmodel.job
        UNION ALL SELECT 'run_end', ROW(job_id, run, state, upto)::text FROM readmodel.run_end
        UNION ALL SELECT 'photo', ROW(job_id, owner_id, photo_id, task_id, run, task_topic,
          task_partition, task_offset, queued_at, list_position, filename, settled,
          settled_message, duplicate_of, match_run, rematch, match_partition, match_offset,
          match_faces, people, matched_at, scores, match)::text FROM readmodel.photo
          WHERE run IS NOT NULL OR match_run IS NOT NULL
        UNION ALL SELECT 'detected', ROW(job_id, owner_id, photo_id, detected_run,
          detected_partition, detected_offset, detected, skipped, detected_at,
          detect_millis)::text
          FROM readmodel.photo WHERE detected_at > now() - interval '7 days'
        UNION ALL SELECT 'pair', ROW(p.*)::text FROM readmodel.pair p
        UNION ALL SELECT 'failure', ROW(f.*)::text FROM readmodel.failure f
          WHERE source <> 'faces.detected' OR seen_at > now() - interval '7 days'
        UNION ALL SELECT 'friend', ROW(owner_id, friend_id, version, name, consent, erased,
          gallery_version, gallery_state, gallery_code, exemplars, answers, warnings)::text
          FROM readmodel.friend
        UNION ALL SELECT 'history', ROW(h.*)::text FROM readmodel.history h
          WHERE topic <> 'job.status' AND (topic NOT IN ('faces.detected', 'faces.detected-dlt')
            OR at > now() - interval '7 days')
      ), digests AS (
        SELECT md5(name || row) AS digest FROM content
      )
      SELECT md5(concat_ws(' ', count(*),
        sum(('x' || left(digest, 16))::bit(64)::bigint),
        sum(('x' || right(digest, 16))::bit(64)::bigint))) AS hash
      FROM digests
      """;

  private ContentHash() {}

  /** The hash of all tables, 32 hexadecimal digits; takes seconds on a million rows. */
  public static Mono<String> of(ConnectionFactory database) {
    return SqlTransaction.in(database, ContentHash::of).single();
  }

  private static Flux<String> of(Connection connection) {
    return Sql.update(connection, SESSION)
        .thenMany(Sql.select(connection, row -> Sql.get(row, "hash", String.class), HASH));
  }
}
