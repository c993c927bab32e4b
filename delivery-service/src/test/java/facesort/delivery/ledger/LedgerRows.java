package facesort.delivery.ledger;

import static facesort.delivery.ledger.Matches.Found.matched;
import static java.nio.charset.StandardCharsets.UTF_8;

import facesort.local.StackAddresses;
import facesort.schemas.AvroCodec;
import facesort.schemas.Channel;
import facesort.schemas.Consent;
import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.sql.PostgresSettings;
import facesort.service.sql.ReadEvent;
import facesort.service.sql.SchemaScripts;
import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import facesort.service.sql.Watermarks;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The ledger's rows of one job of an owner of its own, as its reader writes them. */
public final class LedgerRows {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ConnectionFactory database;
  private final LedgerReader reader = new LedgerReader(Clock.systemUTC());
  private final String job = "j-" + UUID.randomUUID().toString().substring(0, 13);

  /** Rows in a database that {@link #open} made ready. */
  public LedgerRows(ConnectionFactory database) {
    this.database = database;
  }

  /** The stack's database with the ledger's tables; the caller disposes of it. */
  public static ConnectionPool open(StackAddresses stack) {
    try {
      // As in the service, where the codec is there first and lets Avro load our records.
      Class.forName(AvroCodec.class.getName());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    var database =
        new PostgresSettings(stack.r2dbcUrl(), stack.postgresUser(), stack.postgresPassword())
            .pool(4, Duration.ofSeconds(10));
    SchemaScripts.apply(database, Watermarks.SCRIPT, "facesort/delivery/ledger.sql").block(LIMIT);
    return database;
  }

  /** The job. */
  public String job() {
    return job;
  }

  /** Its owner. */
  public String owner() {
    return "o-" + job;
  }

  /** Released pairs of a friend who is on so many photos and takes them by this channel. */
  public List<ReleasedPair> released(Channel channel, String friend, int photos) {
    var key = owner() + "/" + friend;
    read(Topics.FRIEND_PROFILE, key, profile(friend, 1, true));
    read(Topics.FRIEND_CONTACT, key, contact(friend, channel, 1));
    for (int i = 0; i < photos; i++) {
      var found = Matches.match(owner(), job, friend + i, i, matched(friend, 0.9));
      read(Topics.MATCH_RESULT, job, found);
    }
    execute("UPDATE ledger.pair SET state = 'RELEASED' WHERE job_id = $1", job);
    var ledger = new Ledger(database, Clock.systemUTC(), new Ledger.Claimer(0, "looking"));
    return ledger.released(channel, 20).blockOptional(LIMIT).orElseThrow().stream()
        .filter(group -> group.jobId().equals(job))
        .flatMap(group -> group.pairs().stream())
        .filter(pair -> pair.key().friendId().equals(friend))
        .toList();
  }

  void read(Topic<?> topic, String key, @Nullable SpecificRecord value) {
    read(topic, key, value, 0);
  }

  void read(Topic<?> topic, String key, @Nullable SpecificRecord value, long offset) {
    var record =
        new ConsumerRecord<byte[], byte[]>(
            topic.name(), 0, offset, key.getBytes(UTF_8), new byte[0]);
    var event = new ReadEvent(topic, value, record);
    reader.check(event);
    in(connection -> reader.apply(connection, List.of(event)).thenReturn(true));
  }

  FriendProfile profile(String friend, long version, boolean consent) {
    return FriendProfile.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(owner())
        .setFriendId(friend)
        .setVersion(version)
        .setName("Anna")
        .setConsent(new Consent(consent, Instant.EPOCH, "v1"))
        .build();
  }

  FriendContact contact(String friend, Channel channel, long version) {
    return FriendContact.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(owner())
        .setFriendId(friend)
        .setVersion(version)
        .setChannel(channel)
        .setAddress(friend)
        .build();
  }

  /** State of each pair, by photo. */
  public List<String> states() {
    return in(connection ->
        Sql.select(
                connection,
                row -> Sql.get(row, "state", String.class),
                "SELECT state FROM ledger.pair WHERE job_id = $1 ORDER BY photo_id",
                job)
            .collectList());
  }

  void execute(String sql, Object... values) {
    in(connection -> Sql.update(connection, sql, values));
  }

  <T> T in(Function<Connection, Mono<T>> work) {
    return SqlTransaction.in(database, work).singleOrEmpty().blockOptional(LIMIT).orElseThrow();
  }
}
