package facesort.delivery.ledger;

import facesort.schemas.Causation;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.DropCause;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Writes {@code delivery.done} from the ledger's rows: each event at least once, always with the
 * same id and content, since both come from the row alone.
 */
public final class Outbox {

  private static final int BATCH = 500;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ConnectionFactory database;
  private final Events events;
  private final Producer<byte[], byte[]> producer;
  private final Scheduler blocking;

  /**
   * @param producer waits for all replicas; closed by the caller
   * @param blocking where sending may wait for the broker
   */
  public Outbox(
      ConnectionFactory database,
      Events events,
      Producer<byte[], byte[]> producer,
      Scheduler blocking) {
    this.database = database;
    this.events = events;
    this.producer = producer;
    this.blocking = blocking;
  }

  /** Writes what is due; gives how many events. */
  public Mono<Long> publish() {
    return in(connection -> due(connection).collectList())
        .filter(due -> !due.isEmpty())
        .flatMap(due ->
            Flux.fromIterable(due)
                .flatMap(this::write, BATCH)
                .then(Mono.defer(() -> in(connection -> published(connection, due)))))
        .defaultIfEmpty(0L);
  }

  private Mono<Void> write(DeliveryDone event) {
    return Mono.<Void>create(sink -> send(event, sink)).subscribeOn(blocking).timeout(LIMIT);
  }

  private void send(DeliveryDone event, MonoSink<Void> sink) {
    // The callback reports; the future would only say the same.
    var _ =
        producer.send(
            events.record(Topics.DELIVERY_DONE, event.getJobId(), event),
            (metadata, error) -> {
              if (error == null) {
                sink.success();
              } else {
                sink.error(error);
              }
            });
  }

  private static Flux<DeliveryDone> due(Connection connection) {
    return Sql.select(
        connection,
        Outbox::event,
        """
        SELECT * FROM ledger.pair WHERE seq > published ORDER BY changed_at LIMIT $1
        """,
        BATCH);
  }

  private static DeliveryDone event(Readable row) {
    var jobId = Sql.get(row, "job_id", String.class);
    var photoId = Sql.get(row, "photo_id", String.class);
    var friendId = Sql.get(row, "friend_id", String.class);
    int run = Sql.get(row, "run", Integer.class);
    int seq = Sql.get(row, "seq", Integer.class);
    var messageId = row.get("message_id", String.class);
    return DeliveryDone.newBuilder()
        .setEventId(
            EventIds.event(
                Topics.DELIVERY_DONE, String.join("/", jobId, photoId, friendId), run, 0, seq))
        .setOccurredAt(Sql.get(row, "changed_at", Instant.class))
        .setJobId(jobId)
        .setOwnerId(Sql.get(row, "owner_id", String.class))
        .setRun(run)
        .setCausation(
            new Causation(
                Topics.MATCH_RESULT.name(),
                Sql.get(row, "from_partition", Integer.class),
                Sql.get(row, "from_offset", Long.class)))
        .setPhotoId(photoId)
        .setFriendId(friendId)
        .setSeq(seq)
        .setState(DeliveryState.valueOf(Sql.get(row, "state", String.class)))
        .setCause(optional(row, "cause", DropCause::valueOf))
        .setCode(optional(row, "code", FailureCode::valueOf))
        .setMessage(row.get("message", String.class))
        .setChannel(channel(row))
        .setAlbumId(row.get("attempt", String.class))
        .setMessageIds(messageId == null ? List.of() : List.of(messageId))
        .setAttempts(Sql.get(row, "attempts", Integer.class))
        .setScore(Sql.get(row, "score", Float.class))
        .build();
  }

  private static Channel channel(Readable row) {
    var channel = optional(row, "channel", Channel::valueOf);
    return channel == null ? Channel.NONE : channel;
  }

  private static <T> @Nullable T optional(Readable row, String column, Function<String, T> read) {
    var text = row.get(column, String.class);
    return text == null ? null : read.apply(text);
  }

  private static Mono<Long> published(Connection connection, List<DeliveryDone> written) {
    return Sql.update(
        connection,
        """
        UPDATE ledger.pair p SET published = d.seq
        FROM unnest($1::text[], $2::text[], $3::text[], $4::int[])
          AS d(job_id, photo_id, friend_id, seq)
        WHERE p.job_id = d.job_id AND p.photo_id = d.photo_id AND p.friend_id = d.friend_id
        AND p.published < d.seq
        """,
        written.stream().map(DeliveryDone::getJobId).toArray(String[]::new),
        written.stream().map(DeliveryDone::getPhotoId).toArray(String[]::new),
        written.stream().map(DeliveryDone::getFriendId).toArray(String[]::new),
        written.stream().map(DeliveryDone::getSeq).toArray(Integer[]::new));
  }

  private <T> Mono<T> in(Function<Connection, Mono<T>> work) {
    return SqlTransaction.in(database, work).singleOrEmpty().timeout(LIMIT);
  }
}
