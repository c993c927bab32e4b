package facesort.delivery.ledger;

import static facesort.delivery.ledger.Matches.Found.matched;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.delivery.ledger.Ledger.Claimer;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PartitionOffset;
import facesort.schemas.PhotoCounts;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.RunEnd;
import facesort.schemas.TopicOffset;
import facesort.schemas.Topics;
import facesort.service.sql.Sql;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements of the ledger on the real database. */
@ExtendWith(LocalStackExtension.class)
class LedgerIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofHours(1);

  private static ConnectionPool database;

  private LedgerRows rows;
  private Ledger ledger;
  private String job;

  @BeforeAll
  static void open(StackAddresses stack) {
    database = LedgerRows.open(stack);
  }

  @AfterAll
  static void close() {
    database.dispose();
  }

  @BeforeEach
  void newJob() {
    rows = new LedgerRows(database);
    ledger = ledger(0, "one");
    job = rows.job();
  }

  @Test
  void claim_takesAllOrNothing() {
    var pairs = rows.released(Channel.EMAIL, "anna", 2);
    assertThat(claim(ledger, "a-" + job, pairs.subList(0, 1))).isTrue();

    assertThat(claim(ledger(1, "two"), "b-" + job, pairs)).isFalse();

    assertThat(rows.states()).containsExactly("SENDING", "RELEASED");
  }

  @Test
  void claim_repeatedByItsAttemptIsStillItsOwn() {
    var pairs = rows.released(Channel.EMAIL, "anna", 2);
    claim(ledger, "a-" + job, pairs);

    assertThat(claim(ledger, "a-" + job, pairs)).isTrue();

    assertThat(select("SELECT max(attempts)::text AS v FROM ledger.pair WHERE job_id = $1"))
        .containsExactly("1");
  }

  @Test
  void claim_isRefusedWhenConsentIsGone() {
    var pairs = rows.released(Channel.EMAIL, "anna", 1);
    rows.read(Topics.FRIEND_PROFILE, rows.owner() + "/anna", rows.profile("anna", 2, false));

    assertThat(claim(ledger, "a-" + job, pairs)).isFalse();
  }

  @Test
  void claim_isRefusedWhenTheContactWasErased() {
    var pairs = rows.released(Channel.EMAIL, "anna", 1);
    rows.read(Topics.FRIEND_CONTACT, rows.owner() + "/anna", null);

    assertThat(claim(ledger, "a-" + job, pairs)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = JobState.class,
      names = {"CANCELLED", "FAILED"})
  void endedJob_sendsNothingUntilItIsResumed(JobState ended) {
    var pairs = rows.released(Channel.EMAIL, "anna", 1);
    rows.read(Topics.JOB_STATUS, job, status(ended, 0));

    assertThat(claim(ledger, "a-" + job, pairs)).isFalse();
    assertThat(offered()).isEmpty();
    assertThat(decided()).isEqualTo(List.of("RELEASED"));

    rows.read(Topics.JOB_STATUS, job, status(JobState.RUNNING, 0));
    assertThat(offered()).hasSize(1);
    assertThat(claim(ledger, "b-" + job, pairs)).isTrue();
  }

  @Test
  void cancelledJob_isGivenUpByACleanupAfterItsEnd() {
    rows.released(Channel.EMAIL, "anna", 1);
    // An earlier run ended well and was cleaned up.
    rows.read(Topics.JOB_STATUS, job, cleanups(status(JobState.COMPLETED, 0), 1));
    rows.read(Topics.JOB_STATUS, job, cleanups(status(JobState.CANCELLED, 0), 1));
    assertThat(decided()).as("within the grace").containsExactly("RELEASED");

    rows.read(Topics.JOB_STATUS, job, cleanups(status(JobState.CANCELLED, 0), 2));

    assertThat(decided()).containsExactly("DROPPED");
  }

  @Test
  void laterRun_findsNoPairTwice() {
    rows.released(Channel.EMAIL, "anna", 1);
    var again = Matches.match(rows.owner(), job, "anna0", 0, matched("anna", 0.9));
    claim(ledger, "a-" + job, offered());
    ledger.sent("a-" + job, List.of(), List.of()).block(LIMIT);

    again.put("run", 1);
    rows.read(Topics.MATCH_RESULT, job, again, 7);

    assertThat(rows.states()).containsExactly("SENT");
  }

  @Test
  void resultsAfterTheEndOfTheirRun_askForNothing() {
    read(0, "before", 3);
    read(0, "late", 4);
    rows.read(Topics.JOB_STATUS, job, ended(0, 4));
    assertThat(photos()).containsExactly("before");

    read(0, "later", 5);
    read(1, "resumed", 6);

    assertThat(photos()).containsExactly("before", "resumed");
  }

  @Test
  void settleLeft_closesClaimsOfAnEarlierProcessOfTheSlot() {
    claim(ledger, "a-" + job, rows.released(Channel.EMAIL, "anna", 1));

    ledger(1, "other slot").settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);
    assertThat(rows.states()).containsExactly("SENDING");
    ledger.settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);
    assertThat(rows.states()).as("its own").containsExactly("SENDING");
    ledger(0, "successor").settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);

    assertThat(rows.states()).containsExactly("UNKNOWN");
  }

  @Test
  void settleLeft_closesAnOldClaimOfAnySlot() {
    claim(ledger, "a-" + job, rows.released(Channel.EMAIL, "anna", 1));

    ledger(1, "other slot").settleLeft(Channel.EMAIL, false, Duration.ZERO).block(LIMIT);

    assertThat(rows.states()).containsExactly("UNKNOWN");
  }

  @Test
  void settleLeft_releasesWhatMayBeRepeated() {
    claim(ledger, "a-" + job, rows.released(Channel.WEBHOOK, "anna", 1));

    ledger(0, "successor").settleLeft(Channel.WEBHOOK, true, LONG).block(LIMIT);

    assertThat(rows.states()).containsExactly("RELEASED");
  }

  @Test
  void outcome_ofAClaimThatWasSettledChangesNothing() {
    var pairs = rows.released(Channel.EMAIL, "anna", 1);
    claim(ledger, "a-" + job, pairs);
    ledger(0, "successor").settleLeft(Channel.EMAIL, false, LONG).block(LIMIT);

    ledger.sent("a-" + job, pairs, List.of("7")).block(LIMIT);
    ledger.notSent("a-" + job, false).block(LIMIT);
    ledger.refused("a-" + job, FailureCode.CHANNEL_REFUSED, "late").block(LIMIT);

    assertThat(rows.states()).containsExactly("UNKNOWN");
    assertThat(select("SELECT seq::text AS v FROM ledger.pair WHERE job_id = $1"))
        .containsExactly("0");
  }

  @Test
  void complete_waitsForEveryPartitionOfTheBarrier() {
    var readerName = "reader-" + job;
    var jobs = new Jobs();
    rows.read(Topics.JOB_STATUS, job, status(JobState.MATCHED, 5));
    rows.in(connection -> jobs.friendBarrier(connection, job, Map.of()).thenReturn(true));

    rows.in(connection -> jobs.complete(connection, readerName));
    assertThat(complete()).as("nothing read").isEqualTo("false");
    watermark(readerName, 0, 5);
    watermark(readerName, 1, 4);
    rows.in(connection -> jobs.complete(connection, readerName));
    assertThat(complete()).as("one partition behind").isEqualTo("false");
    watermark(readerName, 1, 5);
    rows.in(connection -> jobs.complete(connection, readerName));

    assertThat(complete()).isEqualTo("true");
  }

  @Test
  void complete_waitsUntilTheFriendsTopicsWereAsked() {
    var readerName = "reader-" + job;
    rows.read(Topics.JOB_STATUS, job, status(JobState.MATCHED, 0));

    rows.in(connection -> new Jobs().complete(connection, readerName));

    assertThat(complete()).isEqualTo("false");
  }

  @Test
  void contact_keepsAnOldAddressOnlyWhileAnOpenPairNeedsIt() {
    var pairs = rows.released(Channel.EMAIL, "anna", 1);
    rows.read(
        Topics.FRIEND_CONTACT, rows.owner() + "/anna", rows.contact("anna", Channel.EMAIL, 2));
    assertThat(versions()).containsExactly("1", "2");
    claim(ledger, "a-" + job, pairs);
    ledger.sent("a-" + job, pairs, List.of()).block(LIMIT);

    rows.read(
        Topics.FRIEND_CONTACT, rows.owner() + "/anna", rows.contact("anna", Channel.EMAIL, 3));

    assertThat(versions()).containsExactly("3");
  }

  private void read(int run, String photo, long offset) {
    var match = Matches.match(rows.owner(), job, photo, 0, matched("anna", 0.9));
    match.put("run", run);
    rows.read(Topics.MATCH_RESULT, job, match, offset);
  }

  private List<String> photos() {
    return select("SELECT photo_id AS v FROM ledger.pair WHERE job_id = $1 ORDER BY photo_id");
  }

  /** The states after everything that can be decided was. */
  private List<String> decided() {
    var pairs = new Pairs(Clock.systemUTC());
    rows.in(connection ->
        pairs
            .alike(connection, List.of(DeliveryState.RELEASED))
            .filter(alike -> alike.jobId().equals(job))
            .collectList()
            .flatMapIterable(found -> found)
            .concatMap(alike -> pairs.decide(connection, alike, Release.of(alike.question())))
            .count());
    return rows.states();
  }

  private List<ReleasedPair> offered() {
    return ledger.released(Channel.EMAIL, 20).blockOptional(LIMIT).orElseThrow().stream()
        .filter(group -> group.jobId().equals(job))
        .flatMap(group -> group.pairs().stream())
        .toList();
  }

  private static JobStatus cleanups(JobStatus status, int requests) {
    status.put("cleanup_requests", requests);
    return status;
  }

  private JobStatus ended(int run, long upto) {
    var status = status(JobState.CANCELLED, upto);
    var at = new TopicOffset(Topics.MATCH_RESULT.name(), 0, upto);
    status.put("ends", List.of(new RunEnd(run, JobState.CANCELLED, List.of(at))));
    return status;
  }

  private static boolean claim(Ledger ledger, String attempt, List<ReleasedPair> pairs) {
    return ledger.claim(attempt, pairs).blockOptional(LIMIT).orElseThrow();
  }

  private static Ledger ledger(int slot, String process) {
    return new Ledger(database, Clock.systemUTC(), new Claimer(slot, process));
  }

  private JobStatus status(JobState state, long upto) {
    return JobStatus.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId(rows.owner())
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

  private void watermark(String readerName, int partition, long next) {
    rows.execute(
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

  private List<String> versions() {
    return rows.in(connection ->
        Sql.select(
                connection,
                row -> Sql.get(row, "v", String.class),
                "SELECT version::text AS v FROM ledger.contact WHERE owner_id = $1 ORDER BY version",
                rows.owner())
            .collectList());
  }

  private List<String> select(String sql) {
    return rows.in(connection ->
        Sql.select(connection, row -> Sql.get(row, "v", String.class), sql, job).collectList());
  }
}
