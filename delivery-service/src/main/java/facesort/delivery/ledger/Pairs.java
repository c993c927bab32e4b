package facesort.delivery.ledger;

import facesort.schemas.Channel;
import facesort.schemas.DeliveryState;
import facesort.schemas.DropCause;
import facesort.schemas.JobState;
import facesort.schemas.MatchResult;
import facesort.schemas.ReleasePolicy;
import facesort.service.sql.Sql;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pairs as rows, from planning to release. */
final class Pairs {

  /** Pairs of one job and friend that share every answer. */
  record Alike(
      String jobId,
      String ownerId,
      String friendId,
      int run,
      @Nullable Long contactVersion,
      Release.Question question) {}

  private final Clock clock;

  Pairs(Clock clock) {
    this.clock = clock;
  }

  /**
   * Plans what the match asks for. A pair that is there already stays as it is, whichever run found
   * it: nobody gets a photo twice. A result that came after the end of its run asks for nothing.
   */
  Mono<Void> plan(Connection connection, MatchResult match, ConsumerRecord<byte[], byte[]> record) {
    return switch (Plan.of(match)) {
      case Plan.Pairs(var pairs) ->
          Flux.fromIterable(pairs).concatMap(pair -> insert(connection, pair, record)).then();
      case Plan.Invalid invalid ->
          Mono.error(new IllegalStateException("checked before: " + invalid));
    };
  }

  /** The contact is fixed now when the friend can be reached, at the latest at the release. */
  private Mono<Long> insert(
      Connection connection, PlannedPair pair, ConsumerRecord<byte[], byte[]> record) {
    return Sql.update(
        connection,
        """
        INSERT INTO ledger.pair (job_id, photo_id, friend_id, owner_id, run, state, score,
          bucket, object_key, etag, length, filename, media_type, position,
          from_partition, from_offset, planned_at, changed_at, rematch, channel, contact_version)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17,
          $18, c.channel, c.version
        FROM (SELECT 1) one LEFT JOIN (
          SELECT channel, version FROM ledger.contact
          WHERE owner_id = $4 AND friend_id = $3 ORDER BY version DESC LIMIT 1) c
          ON c.channel NOT IN ('NONE', 'UNKNOWN')
        WHERE $18 > 0 OR NOT EXISTS (
          SELECT 1 FROM ledger.job j, jsonb_array_elements(j.ends) e
          WHERE j.job_id = $1 AND (e->>'run')::integer >= $5
          AND COALESCE((e->'upto'->>($15::integer)::text)::bigint, 0) <= $16)
        ON CONFLICT DO NOTHING
        """,
        pair.key().jobId(),
        pair.key().photoId(),
        pair.key().friendId(),
        pair.ownerId(),
        pair.run(),
        pair.state().name(),
        pair.score(),
        pair.source().getBucket(),
        pair.source().getKey(),
        Sql.nullable(pair.source().getEtag(), String.class),
        Sql.nullable(pair.source().getLength(), Long.class),
        Sql.nullable(pair.filename(), String.class),
        pair.mediaType(),
        pair.position(),
        record.partition(),
        record.offset(),
        clock.instant(),
        pair.rematch());
  }

  /** What is to be decided about pairs in these states. */
  Flux<Alike> alike(Connection connection, List<DeliveryState> states) {
    return Sql.select(
        connection,
        Pairs::read,
        """
        SELECT p.*, j.job_run, j.job_state, j.given_up, j.release, j.complete,
          COALESCE(c.given, false) AS consent,
          EXISTS (SELECT 1 FROM ledger.contact f WHERE f.owner_id = p.owner_id
            AND f.friend_id = p.friend_id AND f.version = p.contact_version) AS address_known,
          n.channel AS newest_channel, n.version AS newest_version
        FROM (SELECT DISTINCT job_id, owner_id, friend_id, state, channel, contact_version
              FROM ledger.pair WHERE state = ANY($1)) p
        JOIN (SELECT job_id, owner_id, run AS job_run, state AS job_state, given_up, release,
                complete
              FROM ledger.job WHERE complete OR given_up) j
          ON j.job_id = p.job_id AND j.owner_id = p.owner_id
        LEFT JOIN ledger.consent c ON c.owner_id = p.owner_id AND c.friend_id = p.friend_id
        LEFT JOIN LATERAL (SELECT channel, version FROM ledger.contact
          WHERE owner_id = p.owner_id AND friend_id = p.friend_id
          ORDER BY version DESC LIMIT 1) n ON true
        """,
        (Object) states.stream().map(DeliveryState::name).toArray(String[]::new));
  }

  private static Alike read(Readable row) {
    boolean addressKnown = Sql.get(row, "address_known", Boolean.class);
    var fixed = contact(row, "channel", "contact_version");
    return new Alike(
        Sql.get(row, "job_id", String.class),
        Sql.get(row, "owner_id", String.class),
        Sql.get(row, "friend_id", String.class),
        Sql.get(row, "job_run", Integer.class),
        row.get("contact_version", Long.class),
        new Release.Question(
            DeliveryState.valueOf(Sql.get(row, "state", String.class)),
            addressKnown ? fixed : null,
            contact(row, "newest_channel", "newest_version"),
            Sql.get(row, "consent", Boolean.class),
            JobState.valueOf(Sql.get(row, "job_state", String.class)),
            Sql.get(row, "given_up", Boolean.class),
            ReleasePolicy.valueOf(Sql.get(row, "release", String.class)),
            Sql.get(row, "complete", Boolean.class)));
  }

  private static @Nullable Contact contact(Readable row, String channel, String version) {
    var name = row.get(channel, String.class);
    var number = row.get(version, Long.class);
    return name == null || number == null ? null : new Contact(Channel.valueOf(name), number);
  }

  /** Carries out a decision; gives the number of pairs it moved. */
  Mono<Long> decide(Connection connection, Alike alike, Release decision) {
    return switch (decision) {
      case Release.Send(var contact) -> release(connection, alike, contact);
      case Release.Drop(var cause) -> drop(connection, alike, cause);
      case Release.Wait _ -> Mono.just(0L);
    };
  }

  private Mono<Long> release(Connection connection, Alike alike, Contact contact) {
    PairMoves.require(alike.question().state(), DeliveryState.RELEASED);
    return Sql.update(
        connection,
        """
        UPDATE ledger.pair SET state = 'RELEASED', changed_at = $6, channel = $7,
          contact_version = $8
        WHERE job_id = $1 AND owner_id = $2 AND friend_id = $3 AND run <= $4
        AND contact_version IS NOT DISTINCT FROM $5 AND state = 'PLANNED'
        """,
        alike.jobId(),
        alike.ownerId(),
        alike.friendId(),
        alike.run(),
        Sql.nullable(alike.contactVersion(), Long.class),
        clock.instant(),
        contact.channel().name(),
        contact.version());
  }

  private Mono<Long> drop(Connection connection, Alike alike, DropCause cause) {
    PairMoves.require(alike.question().state(), DeliveryState.DROPPED);
    return Sql.update(
        connection,
        """
        UPDATE ledger.pair SET state = 'DROPPED', cause = $7, changed_at = $6, seq = seq + 1
        WHERE job_id = $1 AND owner_id = $2 AND friend_id = $3 AND run <= $4
        AND contact_version IS NOT DISTINCT FROM $5 AND state = $8
        """,
        alike.jobId(),
        alike.ownerId(),
        alike.friendId(),
        alike.run(),
        Sql.nullable(alike.contactVersion(), Long.class),
        clock.instant(),
        cause.name(),
        alike.question().state().name());
  }

  /** Drops pairs that waited for their release for too long. */
  Mono<Long> expire(Connection connection, Duration after) {
    PairMoves.require(DeliveryState.PLANNED, DeliveryState.DROPPED);
    PairMoves.require(DeliveryState.HELD, DeliveryState.DROPPED);
    var now = clock.instant();
    return Sql.update(
        connection,
        """
        UPDATE ledger.pair SET state = 'DROPPED', cause = 'EXPIRED', changed_at = $1, seq = seq + 1
        WHERE state IN ('PLANNED', 'HELD') AND planned_at < $2
        """,
        now,
        now.minus(after));
  }
}
