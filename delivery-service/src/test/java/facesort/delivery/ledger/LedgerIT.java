package facesort.delivery.ledger;

import static facesort.delivery.ledger.Matches.Found.matched;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.delivery.ledger.Ledger.Claimer;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.AvroCodec;
import facesort.schemas.Channel;
import facesort.schemas.Consent;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PartitionOffset;
import facesort.schemas.PhotoCounts;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.sql.ReadEvent;
import facesort.service.sql.SchemaScripts;
import facesort.service.sql.SqlTransaction;
import facesort.service.sql.Watermarks;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** The statements of the ledger on the real database. */
@ExtendWith(LocalStackExtension.class)
class LedgerIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofHours(1);

  private static ConnectionFactory database;

  private final LedgerReader reader = new LedgerReader(Clock.systemUTC());
  private final Ledger ledger = ledger(0, "one");
  private String job = "";
  private String owner = "";

  @BeforeAll
  static void open(StackAddresses stack) throws ClassNotFoundException {
    // As in the service, where the codec is there first and lets Avro load our records.
    Class.forName(AvroCodec.class.getName());
    database =
        ConnectionFactories.get(
            ConnectionFactoryOptions.parse(stack.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, stack.postgresUser())
                .option(ConnectionFactoryOptions.PASSWORD, stack.postgresPassword())
                .build());
    SchemaScripts.apply(database, Watermarks.SCRIPT, "facesort/delivery/ledger.sql").block(LIMIT);
  }

  @BeforeEach
  void names() {
    job = "j-" + UUID.randomUUID().toString().substring(0, 13);
    owner = "o-" + job;
  }

  @Test
  void claim_takesAllOrNothing() {
    var pairs = released(Channel.EMAIL, 2);
    assertThat(claim(ledger, "a-" + job, pairs.subList(0, 1))).isTrue();

    assertThat(claim(ledger(1, "two"), "b-" + job, pairs)).isFalse();

    assertThat(states()).containsExactly("SENDING", "RELEASED");
  }

  @Test
  void claim_repeatedByItsAttemptIsStillItsOwn() {
    var pairs = released(Channel.EMAIL, 2);
    claim(ledger, "a-" + job, pairs);

    assertThat(claim(ledger, "a-" + job, pairs)).isTrue();

    assertThat(select("SELECT max(attempts)::text AS v FROM ledger.pair WHERE job_id = $1"))
        .containsExactly("1");
  }

  @Test
  void claim_isRefusedWhenConsentIsGone() {
    var pairs = released(Channel.EMAIL, 1);
    read(Topics.FRIEND_PROFILE, profile(2, false));

    assertThat(claim(ledger, "a-" + job, pairs)).isFalse();
  }

  @Test
  void claim_isRefusedWhenTheContactWasErased() {
    var pairs = released(Channel.EMAIL, 1);
    read(Topics.FRIEND_CONTACT, null);

    assertThat(claim(ledger, "a-" + job, pairs)).isFalse();
  }

  @Test
  void claim_isRefusedWhenTheJobIsCancelled() {
    var pairs = released(Channel.EMAIL, 1);
    read(Topics.JOB_STATUS, status(JobState.CANCELLED, 0));

    assertThat(claim(ledger, "a-" + job, pairs)).isFalse();
  }

  @Test
  void settleLeft_closesClaimsOfAnEarlierProcessOfTheSlot() {
    claim(ledger, "a-" + job, released(Channel.EMAIL, 1));

    ledger(1, "other slot").settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);
    assertThat(states()).containsExactly("SENDING");
    ledger.settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);
    assertThat(states()).as("its own").containsExactly("SENDING");
    ledger(0, "successor").settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);

    assertThat(states()).containsExactly("UNKNOWN");
  }

  @Test
  void settleLeft_closesAnOldClaimOfAnySlot() {
    claim(ledger, "a-" + job, released(Channel.EMAIL, 1));

    ledger(1, "other slot").settleLeft(Channel.EMAIL, false, Duration.ZERO).block(LIMIT);

    assertThat(states()).containsExactly("UNKNOWN");
  }

  @Test
  void settleLeft_releasesWhatMayBeRepeated() {
    claim(ledger, "a-" + job, released(Channel.WEBHOOK, 1));

    ledger(0, "successor").settleLeft(Channel.WEBHOOK, true, LONG).block(LIMIT);

    assertThat(states()).containsExactly("RELEASED");
  }

  @Test
  void outcome_ofAClaimThatWasSettledChangesNothing() {
    var pairs = released(Channel.EMAIL, 1);
    claim(ledger, "a-" + job, pairs);
    ledger(0, "successor").settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);

    ledger.sent("a-" + job, pairs, List.of("7")).block(LIMIT);
    ledger.notSent("a-" + job, false).block(LIMIT);
    ledger.refused("a-" + job, FailureCode.CHANNEL_REFUSED, "late").block(LIMIT);

    assertThat(states()).containsExactly("UNKNOWN");
    assertThat(select("SELECT seq::text AS v FROM ledger.pair WHERE job_id = $1"))
        .containsExactly("0");
  }

  @Test
  void complete_waitsForEveryPartitionOfTheBarrier() {
    var readerName = "reader-" + job;
    var jobs = new Jobs();
    read(Topics.JOB_STATUS, status(JobState.MATCHED, 5));
    in(connection -> jobs.friendBarrier(connection, job, Map.of()).thenReturn(true));

    in(connection -> jobs.complete(connection, readerName));
    assertThat(complete()).as("nothing read").isEqualTo("false");
    watermark(readerName, 0, 5);
    watermark(readerName, 1, 4);
    in(connection -> jobs.complete(connection, readerName));
    assertThat(complete()).as("one partition behind").isEqualTo("false");
    watermark(readerName, 1, 5);
    in(connection -> jobs.complete(connection, readerName));

    assertThat(complete()).isEqualTo("true");
  }

  @Test
  void complete_waitsUntilTheFriendsTopicsWereAsked() {
    var readerName = "reader-" + job;
    read(Topics.JOB_STATUS, status(JobState.MATCHED, 0));

    in(connection -> new Jobs().complete(connection, readerName));

    assertThat(complete()).isEqualTo("false");
  }

  @Test
  void contact_keepsAnOldAddressOnlyWhileAnOpenPairNeedsIt() {
    var pairs = released(Channel.EMAIL, 1);
    read(Topics.FRIEND_CONTACT, contact(Channel.EMAIL, 2));
    assertThat(versions()).containsExactly("1", "2");
    claim(ledger, "a-" + job, pairs);
    ledger.sent("a-" + job, pairs, List.of()).block(LIMIT);

    read(Topics.FRIEND_CONTACT, contact(Channel.EMAIL, 3));

    assertThat(versions()).containsExactly("3");
  }

  /** Pairs of one friend that are released by this channel, which no service serves. */
  private List<ReleasedPair> released(Channel channel, int photos) {
    read(Topics.FRIEND_PROFILE, profile(1, true));
    read(Topics.FRIEND_CONTACT, contact(channel, 1));
    for (int i = 0; i < photos; i++) {
      read(Topics.MATCH_RESULT, Matches.match(owner, job, "p" + i, i, matched("anna", 0.9)));
    }
    execute("UPDATE ledger.pair SET state = 'RELEASED' WHERE job_id = $1", job);
    return ledger.released(channel, 20).blockOptional(LIMIT).orElseThrow().stream()
        .filter(group -> group.jobId().equals(job))
        .flatMap(group -> group.pairs().stream())
        .toList();
  }

  private static boolean claim(Ledger ledger, String attempt, List<ReleasedPair> pairs) {
    return ledger.claim(attempt, pairs).blockOptional(LIMIT).orElseThrow();
  }

  private static Ledger ledger(int slot, String process) {
    return new Ledger(database, Clock.systemUTC(), new Claimer(slot, process));
  }

  private void read(Topic<?> topic, @Nullable SpecificRecord value) {
    var key = (owner + "/anna").getBytes(UTF_8);
    var record = new ConsumerRecord<byte[], byte[]>(topic.name(), 0, 0, key, new byte[0]);
    var event = new ReadEvent(topic, value, record);
    reader.check(event);
    in(connection -> reader.apply(connection, List.of(event)).thenReturn(true));
  }

  private FriendProfile profile(long version, boolean consent) {
    return FriendProfile.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(owner)
        .setFriendId("anna")
        .setVersion(version)
        .setName("Anna")
        .setConsent(new Consent(consent, Instant.EPOCH, "v1"))
        .build();
  }

  private FriendContact contact(Channel channel, long version) {
    return FriendContact.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(owner)
        .setFriendId("anna")
        .setVersion(version)
        .setChannel(channel)
        .setAddress("somewhere")
        .build();
  }

  private JobStatus status(JobState state, long upto) {
    return JobStatus.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId(owner)
        .setName("test")
        .setState(state)
        .setRelease(ReleasePolicy.AUTO)
        .setClosed(true)
        .setPhotos(new PhotoCounts(0, 0, 0, 0, 0, 0, 0, 0))
        .setFaces(0)
        .setDeliveries(new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, 0, 0))
        .setMatchUpto(List.of(new PartitionOffset(0, upto), new PartitionOffset(1, upto)))
        .build();
  }

  private static void watermark(String readerName, int partition, long next) {
    execute(
        """
        INSERT INTO watermark (reader, topic, kafka_partition, next_offset)
        VALUES ($1, 'match.result', $2, $3)
        ON CONFLICT (reader, topic, kafka_partition) DO UPDATE SET next_offset = $3
        """,
        readerName,
        partition,
        next);
  }

  private String complete() {
    return select("SELECT complete::text AS v FROM ledger.job WHERE job_id = $1").getFirst();
  }

  private List<String> states() {
    return select("SELECT state AS v FROM ledger.pair WHERE job_id = $1 ORDER BY photo_id");
  }

  private List<String> versions() {
    return in(connection ->
        Sql.select(
                connection,
                row -> Sql.get(row, "v", String.class),
                "SELECT version::text AS v FROM ledger.contact WHERE owner_id = $1 ORDER BY version",
                owner)
            .collectList());
  }

  private List<String> select(String sql) {
    return in(connection ->
        Sql.select(connection, row -> Sql.get(row, "v", String.class), sql, job).collectList());
  }

  private static void execute(String sql, Object... values) {
    in(connection -> Sql.update(connection, sql, values));
  }

  private static <T> T in(Function<Connection, Mono<T>> work) {
    return SqlTransaction.in(database, work).singleOrEmpty().blockOptional(LIMIT).orElseThrow();
  }
}
