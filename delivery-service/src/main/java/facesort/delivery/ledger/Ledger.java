package facesort.delivery.ledger;

import facesort.schemas.Channel;
import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * The sending side of the ledger: which pairs may go out, who has claimed them, what became of
 * them. Every method is one SQL transaction, committed when its Mono completes, and moves pairs
 * only as {@link PairMoves} allows. Repeating a call with the same attempt changes nothing more, so
 * that a call whose answer was lost may be repeated.
 */
public final class Ledger {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int GROUPS = 64;

  private final ConnectionFactory database;
  private final Clock clock;
  private final Claimer claimer;

  /**
   * Who claims.
   *
   * @param slot slot of the instance
   * @param process id of this very process, another after each start
   */
  public record Claimer(int slot, String process) {}

  /** For one instance of the service. */
  public Ledger(ConnectionFactory database, Clock clock, Claimer claimer) {
    this.database = database;
    this.clock = clock;
    this.claimer = claimer;
  }

  /**
   * Released pairs of a channel, those that waited longest first; not those of jobs that are
   * CANCELLED or FAILED, which wait.
   *
   * @param pairs most pairs of one job and friend
   */
  public Mono<List<ReleasedGroup>> released(Channel channel, int pairs) {
    return in(connection ->
        Sql.select(
                connection,
                Row::read,
                """
                WITH waiting AS (
                  SELECT job_id, owner_id, friend_id, contact_version, min(changed_at) AS since
                  FROM ledger.pair p WHERE state = 'RELEASED' AND channel = $1
                  AND NOT EXISTS (SELECT 1 FROM ledger.job j
                    WHERE j.job_id = p.job_id AND j.state IN ('CANCELLED', 'FAILED'))
                  GROUP BY job_id, owner_id, friend_id, contact_version
                  ORDER BY since LIMIT $2)
                SELECT g.owner_id, c.address, p.* FROM waiting g
                JOIN ledger.contact c ON c.owner_id = g.owner_id AND c.friend_id = g.friend_id
                  AND c.version = g.contact_version
                CROSS JOIN LATERAL (
                  SELECT job_id, friend_id, photo_id, bucket, object_key, etag, length, filename,
                    media_type, position, alone
                  FROM ledger.pair WHERE job_id = g.job_id AND friend_id = g.friend_id
                  AND contact_version = g.contact_version AND state = 'RELEASED'
                  ORDER BY position, photo_id LIMIT $3) p
                ORDER BY g.since, p.job_id, p.friend_id, c.version, p.position, p.photo_id
                """,
                channel.name(),
                GROUPS,
                pairs)
            .collectList()
            .map(Row::grouped));
  }

  private record Row(String ownerId, String address, ReleasedPair pair) {

    static Row read(Readable row) {
      var address = row.get("address", String.class);
      return new Row(
          Sql.get(row, "owner_id", String.class),
          address == null ? "" : address,
          new ReleasedPair(
              new PairKey(
                  Sql.get(row, "job_id", String.class),
                  Sql.get(row, "photo_id", String.class),
                  Sql.get(row, "friend_id", String.class)),
              new ObjectRef(
                  Sql.get(row, "bucket", String.class),
                  Sql.get(row, "object_key", String.class),
                  row.get("etag", String.class),
                  row.get("length", Long.class)),
              row.get("filename", String.class),
              Sql.get(row, "media_type", String.class),
              Sql.get(row, "alone", Boolean.class)));
    }

    static List<ReleasedGroup> grouped(List<Row> rows) {
      record To(String jobId, String ownerId, String friendId, String address) {}
      var groups = new LinkedHashMap<To, List<ReleasedPair>>();
      for (var row : rows) {
        var key = row.pair().key();
        groups
            .computeIfAbsent(
                new To(key.jobId(), row.ownerId(), key.friendId(), row.address()),
                _ -> new ArrayList<>())
            .add(row.pair());
      }
      return groups.entrySet().stream()
          .map(entry ->
              new ReleasedGroup(
                  entry.getKey().jobId(),
                  entry.getKey().friendId(),
                  entry.getKey().address(),
                  List.copyOf(entry.getValue())))
          .toList();
    }
  }

  /**
   * Claims all the pairs for one attempt, or none: false when any of them is no longer released,
   * its friend's consent or contact is gone, or its job is cancelled or failed.
   *
   * @param pairs pairs of one job and one friend
   */
  public Mono<Boolean> claim(String attempt, List<ReleasedPair> pairs) {
    PairMoves.require(DeliveryState.RELEASED, DeliveryState.SENDING);
    return in(connection -> claim(connection, attempt, pairs))
        .onErrorResume(NotAll.class, e -> Mono.just(false));
  }

  private Mono<Boolean> claim(Connection connection, String attempt, List<ReleasedPair> pairs) {
    var claimed =
        Sql.update(
            connection,
            """
            UPDATE ledger.pair p SET state = 'SENDING', attempt = $4, attempts = attempts + 1,
              slot = $5, process = $6, changed_at = $7
            WHERE job_id = $1 AND friend_id = $2 AND photo_id = ANY($3) AND state = 'RELEASED'
            AND EXISTS (SELECT 1 FROM ledger.consent c WHERE c.owner_id = p.owner_id
              AND c.friend_id = p.friend_id AND c.given)
            AND EXISTS (SELECT 1 FROM ledger.contact c WHERE c.owner_id = p.owner_id
              AND c.friend_id = p.friend_id AND c.version = p.contact_version)
            AND NOT EXISTS (SELECT 1 FROM ledger.job j
              WHERE j.job_id = p.job_id AND j.state IN ('CANCELLED', 'FAILED'))
            """,
            pairs.getFirst().key().jobId(),
            pairs.getFirst().key().friendId(),
            pairs.stream().map(pair -> pair.key().photoId()).toArray(String[]::new),
            attempt,
            claimer.slot(),
            claimer.process(),
            clock.instant());
    var before =
        Sql.select(
                connection,
                row -> Sql.get(row, "claimed", Long.class),
                """
                SELECT count(*) AS claimed FROM ledger.pair
                WHERE attempt = $1 AND state = 'SENDING'
                """,
                attempt)
            .single();
    // Counted first: the claim may be there already, when only its answer was lost.
    return before.flatMap(count ->
        count == pairs.size()
            ? Mono.just(true)
            : claimed.flatMap(
                now -> now == pairs.size() ? Mono.just(true) : Mono.error(new NotAll())));
  }

  private static final class NotAll extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The channel confirmed the attempt.
   *
   * @param pairs the pairs of the attempt
   * @param messageIds the channel's id for each of them, or empty
   */
  public Mono<Void> sent(String attempt, List<ReleasedPair> pairs, List<String> messageIds) {
    PairMoves.require(DeliveryState.SENDING, DeliveryState.SENT);
    var ids = messageIds.size() == pairs.size() ? messageIds : List.<String>of();
    return in(connection ->
            Sql.update(
                connection,
                """
                UPDATE ledger.pair p SET state = 'SENT', changed_at = $4, seq = seq + 1,
                  message_id = (SELECT m.id FROM unnest($2::text[], $3::text[]) AS m(photo_id, id)
                                WHERE m.photo_id = p.photo_id)
                WHERE attempt = $1 AND state = 'SENDING'
                """,
                attempt,
                pairs.stream()
                    .limit(ids.size())
                    .map(pair -> pair.key().photoId())
                    .toArray(String[]::new),
                ids.toArray(String[]::new),
                clock.instant()))
        .then();
  }

  /** Nobody can tell whether the attempt had its effect; it is over. */
  public Mono<Void> unclear(String attempt, String message) {
    PairMoves.require(DeliveryState.SENDING, DeliveryState.UNKNOWN);
    return in(connection ->
            Sql.update(
                connection,
                """
                UPDATE ledger.pair SET state = 'UNKNOWN', message = $2, changed_at = $3,
                  seq = seq + 1
                WHERE attempt = $1 AND state = 'SENDING'
                """,
                attempt,
                message,
                clock.instant()))
        .then();
  }

  /** The channel refused the attempt for good; nothing went out. */
  public Mono<Void> refused(String attempt, FailureCode code, String message) {
    PairMoves.require(DeliveryState.SENDING, DeliveryState.REFUSED);
    return in(connection ->
            Sql.update(
                connection,
                """
                UPDATE ledger.pair SET state = 'REFUSED', code = $2, message = $3,
                  changed_at = $4, seq = seq + 1
                WHERE attempt = $1 AND state = 'SENDING'
                """,
                attempt,
                code.name(),
                message,
                clock.instant()))
        .then();
  }

  /**
   * Nothing went out in this attempt: its pairs may go out again.
   *
   * @param alone true when each has to go by itself from now on
   */
  public Mono<Void> notSent(String attempt, boolean alone) {
    PairMoves.require(DeliveryState.SENDING, DeliveryState.RELEASED);
    return in(connection ->
            Sql.update(
                connection,
                """
                UPDATE ledger.pair SET state = 'RELEASED', attempt = NULL, alone = alone OR $2,
                  changed_at = $3
                WHERE attempt = $1 AND state = 'SENDING'
                """,
                attempt,
                alone,
                clock.instant()))
        .then();
  }

  /**
   * A released pair that cannot go out at all.
   *
   * @param to REFUSED or FAILED
   */
  public Mono<Void> close(PairKey key, DeliveryState to, FailureCode code, String message) {
    PairMoves.require(DeliveryState.RELEASED, to);
    return in(connection ->
            Sql.update(
                connection,
                """
                UPDATE ledger.pair SET state = $4, code = $5, message = $6, changed_at = $7,
                  seq = seq + 1
                WHERE job_id = $1 AND photo_id = $2 AND friend_id = $3 AND state = 'RELEASED'
                """,
                key.jobId(),
                key.photoId(),
                key.friendId(),
                to.name(),
                code.name(),
                message,
                clock.instant()))
        .then();
  }

  /**
   * Settles claims of processes that are gone: of earlier ones in this slot, and of any that hold a
   * claim for longer than a request can take.
   *
   * @param repeatable true when the channel's requests may be made again; else they are unclear
   * @return how many pairs
   */
  public Mono<Long> settleLeft(Channel channel, boolean repeatable, Duration longest) {
    var to = repeatable ? DeliveryState.RELEASED : DeliveryState.UNKNOWN;
    PairMoves.require(DeliveryState.SENDING, to);
    Instant now = clock.instant();
    return in(connection ->
        Sql.update(
            connection,
            """
            UPDATE ledger.pair SET state = $2, changed_at = $3,
              message = CASE WHEN $4 THEN message
                ELSE 'the process ended before the answer was recorded' END,
              seq = seq + CASE WHEN $4 THEN 0 ELSE 1 END
            WHERE state = 'SENDING' AND channel = $1 AND process <> $6
            AND (slot = $5 OR changed_at < $7)
            """,
            channel.name(),
            to.name(),
            now,
            repeatable,
            claimer.slot(),
            claimer.process(),
            now.minus(longest)));
  }

  private <T> Mono<T> in(Function<Connection, Mono<T>> work) {
    return SqlTransaction.in(database, work).singleOrEmpty().timeout(LIMIT);
  }
}
