package facesort.delivery;

import static facesort.delivery.ledger.Matches.Found.matched;
import static facesort.delivery.ledger.Matches.Found.review;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.local.telegram.Fault;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.DropCause;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class DeliveryIT {

  @TempDir private static Path out;

  private static World world;
  private static RunningService service;

  @BeforeAll
  static void start(StackAddresses stack) {
    world = new World(stack);
    service = RunningService.start(stack, out);
  }

  @AfterAll
  static void stop() {
    service.close();
    world.close();
  }

  @AfterEach
  void clearFaults() {
    world.telegram().clearFaults();
  }

  @Test
  void job_reachesFriendsByBothChannelsOnceWhateverIsRepeated() throws IOException {
    var job = world.job();
    for (int i = 0; i < 12; i++) {
      job.photo(i, matched("anna", 0.9), matched("ben", 0.8));
    }
    job.friend("anna", Channel.TELEGRAM, "1001");
    job.friend("ben", Channel.FOLDER, "Ben");
    repeatShuffled(job);

    job.matched();

    assertThat(states(job.awaitDone(24))).containsOnly(DeliveryState.SENT);
    repeatShuffled(job);
    job.matched();
    job.status(JobState.DELIVERING, ReleasePolicy.AUTO);
    var later = world.job();
    later.photo(1, matched("anna", 0.9));
    later.matched();
    later.awaitDone(1);
    var all = IntStream.range(0, 12).toArray();
    assertThat(world.received("1001")).containsExactlyElementsOf(job.names(all));
    assertThat(filesOf("Ben")).containsExactlyElementsOf(job.names(all));
    assertThat(Files.readAllBytes(out.resolve("Ben").resolve(job.names(3).getFirst())))
        .isEqualTo(Pictures.jpeg(3));
    assertThat(contentsById(job.done()))
        .hasSize(24)
        .allSatisfy((id, contents) -> assertThat(contents).hasSize(1));
  }

  @Test
  void job_waitsUntilItIsMatched() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1002");
    job.photo(1, matched("anna", 0.9));
    job.status(JobState.RUNNING, ReleasePolicy.AUTO);
    // A later job overtakes it, so the service has seen what there is of this one.
    var later = world.job();
    later.friend("anna", Channel.TELEGRAM, "1003");
    later.photo(1, matched("anna", 0.9));
    later.matched();
    later.awaitDone(1);
    assertThat(world.received("1002")).isEmpty();

    job.matched();

    job.awaitDone(1);
    assertThat(world.received("1002")).hasSize(1);
  }

  @Test
  void tooManyRequests_areSentAgainOnce() {
    var job = oneFriend("1010", 3);
    world.telegram().order(tooMany());

    job.matched();

    assertThat(states(job.awaitDone(3))).containsOnly(DeliveryState.SENT);
    assertThat(world.received("1010")).containsExactlyElementsOf(job.names(0, 1, 2));
    assertThat(job.done()).allSatisfy(done -> assertThat(done.getAttempts()).isEqualTo(2));
  }

  @Test
  void serverErrorAfterTheEffect_isUnknownAndNeverSentAgain() {
    var job = oneFriend("1011", 2);
    world.telegram().order(error(500, After.YES));

    job.matched();

    assertThat(states(job.awaitDone(2))).containsOnly(DeliveryState.UNKNOWN);
    assertOthersGoOn();
    assertThat(world.received("1011")).containsExactlyElementsOf(job.names(0, 1));
  }

  @Test
  void serverErrorBeforeTheEffect_isUnknownToo() {
    var job = oneFriend("1012", 2);
    world.telegram().order(error(502, After.NO));

    job.matched();

    assertThat(states(job.awaitDone(2))).containsOnly(DeliveryState.UNKNOWN);
    assertOthersGoOn();
    assertThat(world.received("1012")).isEmpty();
  }

  @Test
  void lostAnswerAfterTheEffect_isUnknownAndNeverSentAgain() {
    var job = oneFriend("1013", 2);
    world.telegram().order(noAnswer(After.YES));

    job.matched();

    assertThat(states(job.awaitDone(2))).containsOnly(DeliveryState.UNKNOWN);
    assertOthersGoOn();
    assertThat(world.received("1013")).containsExactlyElementsOf(job.names(0, 1));
  }

  @Test
  void lostAnswerBeforeTheEffect_isUnknownToo() {
    var job = oneFriend("1014", 2);
    world.telegram().order(noAnswer(After.NO));

    job.matched();

    assertThat(states(job.awaitDone(2))).containsOnly(DeliveryState.UNKNOWN);
    assertOthersGoOn();
    assertThat(world.received("1014")).isEmpty();
  }

  @Test
  void blockedBot_isRefused() {
    var job = oneFriend("1015", 2);
    world.telegram().order(error(403, After.NO));

    job.matched();

    assertThat(job.awaitDone(2))
        .allSatisfy(done -> {
          assertThat(done.getState()).isEqualTo(DeliveryState.REFUSED);
          assertThat(done.getCode()).isEqualTo(FailureCode.CHANNEL_BLOCKED);
        });
  }

  @Test
  void oneBadPhoto_doesNotHoldBackItsAlbum() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1016");
    job.photo(0, matched("anna", 0.9));
    job.photo(1, "no picture".getBytes(StandardCharsets.UTF_8), matched("anna", 0.9));
    job.photo(2, matched("anna", 0.9));

    job.matched();

    job.awaitDone(3);
    assertThat(world.received("1016")).containsExactlyInAnyOrderElementsOf(job.names(0, 2));
    assertThat(stateOf(job, "p00001")).isEqualTo(DeliveryState.REFUSED);
  }

  @Test
  void missingPhoto_failsAloneAndOthersGo() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1017");
    job.missingPhoto(0, matched("anna", 0.9));
    job.photo(1, matched("anna", 0.9));

    job.matched();

    job.awaitDone(2);
    assertThat(world.received("1017")).containsExactlyElementsOf(job.names(1));
    assertThat(job.done())
        .filteredOn(done -> done.getPhotoId().equals("p00000"))
        .allSatisfy(done -> {
          assertThat(done.getState()).isEqualTo(DeliveryState.FAILED);
          assertThat(done.getCode()).isEqualTo(FailureCode.SOURCE_MISSING);
        });
  }

  @Test
  void invalidMatch_isADeadLetterAndItsNeighboursGo() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1021");
    job.foreignPhoto(0, matched("anna", 0.9));
    job.photo(1, matched("anna", 0.9));

    job.matched();

    job.awaitDone(1);
    assertThat(world.received("1021")).containsExactlyElementsOf(job.names(1));
    assertThat(world.deadLetters(Topics.MATCH_RESULT, job.matches().getFirst().getTaskId()))
        .contains("SOURCE_FORBIDDEN");
  }

  @Test
  void friendsWithoutConsentOrContact_areDropped() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1018");
    job.profile("anna", 2, false);
    job.friend("ben", Channel.NONE, "");
    job.profile("cleo", 1, true);
    job.photo(
        0, matched("anna", 0.9), matched("ben", 0.9), matched("cleo", 0.9), matched("dora", 0.9));

    job.matched();

    job.awaitDone(4);
    assertThat(causeOf(job, "anna")).isEqualTo(DropCause.NO_CONSENT);
    assertThat(causeOf(job, "ben")).isEqualTo(DropCause.NO_CONTACT);
    assertThat(causeOf(job, "cleo")).isEqualTo(DropCause.NO_CONTACT);
    assertThat(causeOf(job, "dora")).isEqualTo(DropCause.NO_CONSENT);
    assertThat(world.received("1018")).isEmpty();
  }

  @Test
  void dryRun_dropsEveryPairAndSendsNothing() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1019");
    job.photo(0, matched("anna", 0.9), review("ben", 0.45));

    job.status(JobState.MATCHED, ReleasePolicy.DRY_RUN);

    assertThat(job.awaitDone(2)).extracting(DeliveryDone::getCause).containsOnly(DropCause.DRY_RUN);
    assertThat(world.received("1019")).isEmpty();
  }

  @Test
  void cancelledJob_sendsNothingUntilItIsResumedAndThenEachPhotoOnce() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1022");
    job.photo(0, matched("anna", 0.9));
    job.status(JobState.CANCELLED, ReleasePolicy.AUTO);
    assertOthersGoOn();
    assertThat(world.received("1022")).isEmpty();

    job.status(JobState.RUNNING, ReleasePolicy.AUTO);
    repeatShuffled(job);
    job.photo(1, matched("anna", 0.9));
    job.matched();

    job.awaitDone(2);
    assertThat(world.received("1022")).containsExactlyElementsOf(job.names(0, 1));
  }

  @Test
  void heldPair_staysUntilItsCancelledJobIsCleanedUp() {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, "1020");
    job.photo(0, review("anna", 0.45));
    job.photo(1, matched("anna", 0.9));
    job.matched();
    job.awaitDone(1);
    assertThat(job.done()).extracting(DeliveryDone::getPhotoId).containsOnly("p00001");

    job.status(JobState.CANCELLED, ReleasePolicy.AUTO, 1);

    job.awaitDone(2);
    assertThat(stateOf(job, "p00000")).isEqualTo(DeliveryState.DROPPED);
    assertThat(world.received("1020")).containsExactlyElementsOf(job.names(1));
  }

  @Test
  void readiness_needsTheLedgerAndShowsTheBot() throws Exception {
    await().atMost(World.SOON).until(() -> get("/actuator/health/readiness").statusCode() == 200);

    assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(get("/actuator/health/readiness").body()).contains("ledger", "reader");
    assertThat(get("/actuator/health").body()).contains("telegram");
  }

  private enum After {
    YES,
    NO
  }

  private static Fault tooMany() {
    return Fault.tooManyRequests(1, when(After.NO), 1).forMethod("sendMediaGroup");
  }

  private static Fault error(int code, After after) {
    return Fault.error(code, when(after), 1).forMethod("sendMediaGroup");
  }

  private static Fault noAnswer(After after) {
    return Fault.noAnswer(when(after), 1).forMethod("sendMediaGroup");
  }

  private static Fault.When when(After after) {
    return after == After.YES ? Fault.When.AFTER : Fault.When.BEFORE;
  }

  /** A job with photos of one friend who has this chat. */
  private static World.Job oneFriend(String chat, int photos) {
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, chat);
    for (int i = 0; i < photos; i++) {
      job.photo(i, matched("anna", 0.9));
    }
    return job;
  }

  /** After this the service has had every occasion to send something again. */
  private static void assertOthersGoOn() {
    var other = oneFriend("1999", 1);
    other.matched();
    assertThat(states(other.awaitDone(1))).containsOnly(DeliveryState.SENT);
  }

  private static void repeatShuffled(World.Job job) {
    var again = new ArrayList<>(job.matches());
    again.addAll(job.matches());
    Collections.shuffle(again, new Random(7));
    again.forEach(job::repeat);
  }

  private static List<DeliveryState> states(List<DeliveryDone> done) {
    return done.stream().map(DeliveryDone::getState).toList();
  }

  private static Map<String, Set<DeliveryDone>> contentsById(List<DeliveryDone> done) {
    return done.stream()
        .collect(Collectors.groupingBy(DeliveryDone::getEventId, Collectors.toSet()));
  }

  private static DeliveryState stateOf(World.Job job, String photo) {
    return only(job, done -> done.getPhotoId().equals(photo) ? done.getState() : null);
  }

  private static DropCause causeOf(World.Job job, String friend) {
    return only(job, done -> done.getFriendId().equals(friend) ? done.getCause() : null);
  }

  private static <T> T only(World.Job job, Function<DeliveryDone, @Nullable T> value) {
    return job.done().stream()
        .map(done -> Optional.ofNullable(value.apply(done)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> filesOf(String folder) throws IOException {
    try (var files = Files.list(out.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
