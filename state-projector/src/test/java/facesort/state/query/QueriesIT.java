package facesort.state.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.JobStatus;
import facesort.state.job.FailureSignature;
import facesort.state.job.Records;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

/** Every query's answer over rows made by hand. */
@ExtendWith(LocalStackExtension.class)
class QueriesIT {

  private static final String OWNER = "olga";
  private static final String JOB = "job-1";
  private static final SettledLately LATELY = new SettledLately();

  private static Tables tables;
  private static JobQueries jobs;

  @BeforeAll
  static void open(StackAddresses stack) {
    tables = new Tables(stack);
    jobs = new JobQueries(tables.queries(), LATELY, Clock.systemUTC());
    Fixture.add(tables, OWNER, JOB);
    Fixture.add(tables, "stranger", "job-2");
    var done = new Fixture.Rows(tables, OWNER, "done-3");
    done.job("COMPLETED", 10, 0);
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  private static <T> T answer(Mono<T> question) {
    return question.blockOptional(Tables.LIMIT).orElseThrow();
  }

  private static List<String> found(@Nullable String state, @Nullable String search) {
    return answer(jobs.jobs(new JobSelection(OWNER, state, search, 50, 0))).jobs().stream()
        .map(JobView::jobId)
        .toList();
  }

  @Test
  void jobs_areFilteredSearchedAndPaged() {
    assertThat(found(null, null)).containsExactly("done-3", JOB);
    assertThat(found("COMPLETED", null)).containsExactly("done-3");
    assertThat(found(null, "wedding OF zoë")).hasSize(2);
    assertThat(found(null, "DONE-")).containsExactly("done-3");
    assertThat(found("RUNNING", "done")).isEmpty();

    var second = answer(jobs.jobs(new JobSelection(OWNER, null, null, 1, 1)));
    assertThat(second.jobs()).extracting(JobView::jobId).containsExactly(JOB);
    assertThat(second.total()).isEqualTo(2);
    var beyond = answer(jobs.jobs(new JobSelection(OWNER, null, null, 5, 7)));
    assertThat(beyond.jobs()).isEmpty();
    assertThat(beyond.total()).isEqualTo(2);
  }

  @Test
  void job_showsCountsCommandsAndErrors() {
    var job = answer(jobs.job(OWNER, JOB));

    assertThat(job.photos()).contains(entry("submitted", 10), entry("in_flight", 2));
    assertThat(job.commands())
        .containsExactly(
            new JobView.Command("c1", "CANCEL", "REFUSED", "JOB_ENDED", 0, 0, "too late"));
    assertThat(job.errors())
        .extracting(error -> error.photoId() + " " + error.code())
        .containsExactly("f TOO_MANY_BYTES", "g CORRUPT_IMAGE");
    assertThat(job.etaBasis()).endsWith("; 2 left");
    assertThat(jobs.job("stranger", JOB).block(Tables.LIMIT)).isNull();
  }

  @Test
  void pace_isThatOfPhotosSettledLately_untilAllAre() {
    var rows = new Fixture.Rows(tables, "pace", "job-pace");
    rows.job("RUNNING", 10, 2);
    LATELY.saw(status(30, 6));
    LATELY.saw(status(0, 8));

    var job = answer(jobs.job("pace", "job-pace"));

    assertThat(job.etaBasis()).matches("2 photos in the last 3\\d\\.\\d s; 2 left");
    assertThat(job.ratePerSecond()).isBetween(0.05, 0.067);
    assertThat(job.etaSeconds()).isBetween(30L, 40L);
    assertThat(answer(jobs.job(OWNER, "done-3")).etaSeconds()).isZero();
  }

  private static JobStatus status(int secondsAgo, int settled) {
    var status = Records.of("job-pace", "pace").status(10);
    status.put("occurred_at", Instant.now().minusSeconds(secondsAgo));
    status.getPhotos().put("submitted", 10);
    status.getPhotos().put("in_flight", 10 - settled);
    return status;
  }

  @Test
  void photos_areFilteredByState_withThePeopleOnThem() {
    var photos = new PhotoQueries(tables.queries());

    var all = answer(photos.photos(OWNER, JOB, null, 3, 1));
    assertThat(all.total()).isEqualTo(10);
    assertThat(all.photos())
        .extracting(photo -> photo.photoId() + " " + photo.state() + " " + photo.code())
        .containsExactly("b MATCHED null", "c NO_MATCH null", "d NO_FACE null");
    assertThat(all.photos().getFirst().people())
        .containsExactly(
            new PhotoView.Person("bob", "Name of bob", 0.45f, "REVIEW", "HELD", null, null));

    var failed = answer(photos.photos(OWNER, JOB, "FAILED", 10, 0));
    assertThat(failed.total()).isEqualTo(2);
    assertThat(failed.photos()).extracting(PhotoView::photoId).containsExactly("f", "g");
    assertThat(photos.photos("stranger", JOB, null, 10, 0).block(Tables.LIMIT)).isNull();
  }

  @Test
  void progress_equalsARecount() {
    var progress = answer(new ProgressQuery(tables.queries(), jobs).progress(OWNER, JOB));

    assertThat(progress.photos())
        .containsExactly(
            entry("submitted", 10),
            entry("matched", 2),
            entry("no_match", 2),
            entry("no_face", 1),
            entry("duplicate", 1),
            entry("failed", 2),
            entry("cancelled", 0),
            entry("in_flight", 2));
    assertThat(progress.faces()).isEqualTo(new ProgressView.Faces(7, 4, 2));
    assertThat(progress.confidence()).hasSize(20);
    assertThat(progress.confidence())
        .filteredOn(bin -> bin.faces() > 0)
        .containsExactly(
            new ProgressView.Bin(0, 0.05, 1),
            new ProgressView.Bin(0.3, 0.35, 1),
            new ProgressView.Bin(0.45, 0.5, 1),
            new ProgressView.Bin(0.7, 0.75, 1));
    assertThat(progress.friends())
        .containsExactly(
            new ProgressView.Friend("ann", "Name of ann", 1, 1, 0),
            new ProgressView.Friend("bob", "Name of bob", 1, 0, 1));
    // Detected after 2 s once and 4 s five times, of these half a second each in detection.
    assertThat(progress.stages())
        .containsExactly(
            new ProgressView.Stage("wait", 6, 3500, 3500),
            new ProgressView.Stage("detect", 6, 500, 500),
            new ProgressView.Stage("match", 5, 26_000, 27_600),
            new ProgressView.Stage("delivery", 1, 60_000, 60_000));
  }

  @Test
  void errors_comeFromEverySource_groupedByCause() {
    var page = errors(null, null);

    assertThat(page.errors())
        .extracting(error ->
            "%s %s %s %s"
                .formatted(error.photoId(), error.stage(), error.code(), error.resolution()))
        .containsExactlyInAnyOrder(
            "g detect CORRUPT_IMAGE pending",
            "f ingest TOO_MANY_BYTES skipped",
            "k detect FACE_TOO_SMALL skipped");
    assertThat(page.total()).isEqualTo(3);
    assertThat(page.groups())
        .extracting(ErrorView.Group::signature)
        .containsExactlyInAnyOrder(
            "sig-CORRUPT_IMAGE",
            FailureSignature.of("TOO_MANY_BYTES", "ingest-service", "61000000 bytes"),
            FailureSignature.of("FACE_TOO_SMALL", "inference-service-detect", null));
    assertThat(errors("CORRUPT_IMAGE", null).errors())
        .extracting(ErrorView::origin, ErrorView::attempts, ErrorView::filename)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("task.queued-3@106", 3, "g.jpg"));
    assertThat(errors(null, "sig-CORRUPT_IMAGE").total()).isEqualTo(1);
  }

  private static ErrorView.Page errors(@Nullable String code, @Nullable String signature) {
    return answer(
        new ErrorQueries(tables.queries())
            .errors(new ErrorQueries.Selection(OWNER, JOB, code, signature, 10, 0)));
  }

  @Test
  void deadLetter_isRetried_onceThePhotoHasALaterRun() {
    var rows = new Fixture.Rows(tables, "retried", "job-retried");
    rows.job("RUNNING", 1, 1);
    rows.photo("a", 0, "");
    rows.failure("task.queued", 80, "a", "STORAGE_ERROR", "Zoë's 'x' at /a/b-1, 17 times");
    tables.run("UPDATE readmodel.photo SET run = 1 WHERE job_id = 'job-retried'");

    var page =
        answer(
            new ErrorQueries(tables.queries())
                .errors(new ErrorQueries.Selection("retried", "job-retried", null, null, 10, 0)));

    assertThat(page.errors()).extracting(ErrorView::resolution).containsExactly("retried");
  }

  @Test
  void events_areInOrder_andOfOnePhotoIfAsked() {
    var events = new EventQueries(tables.queries());

    var all = answer(events.events(OWNER, JOB, null, 3, 1));
    assertThat(all.total()).isEqualTo(6);
    assertThat(all.events())
        .extracting(EventView::topic)
        .containsExactly("task.queued", "faces.detected", "faces.detected");
    var ofPhoto = answer(events.events(OWNER, JOB, "a", 10, 0));
    assertThat(ofPhoto.events()).hasSize(4);
    assertThat(ofPhoto.events().getLast().friendId()).isEqualTo("ann");
    assertThat(events.events("stranger", JOB, null, 10, 0).block(Tables.LIMIT)).isNull();
  }

  @Test
  void friend_isShownWithWarnings() {
    var friend = answer(new FriendQueries(tables.queries()).friend(OWNER, "ann"));

    assertThat(friend.gallery()).isNotNull();
    assertThat(friend.gallery().warnings())
        .containsExactly(new FriendView.Warning("TWIN", "eve", 0.6f, "alike"));
  }

  @Test
  void explain_tellsTheWholeWay_withItsOffsets() {
    var told = explain("a", "ann");

    assertThat(told.verdict()).isEqualTo("SENT");
    assertThat(told.whyNot()).isNull();
    assertThat(told.steps())
        .extracting(step -> "%s %s@%s".formatted(step.step(), step.topic(), step.offset()))
        .containsExactly(
            "submitted job.control@0",
            "queued task.queued@100",
            "detected faces.detected@60",
            "matched match.result@50",
            "decided match.result@50",
            "delivered delivery.done@9");
    assertThat(told.steps().get(4).facts()).contains(entry("rule", "ACCEPTED"));
  }

  @Test
  void explain_namesTheFirstRuleThatStoppedIt() {
    assertThat(rule("b", "bob")).isEqualTo("HELD IN_REVIEW_BAND");
    assertThat(rule("c", "ann")).isEqualTo("NOT_SENT BELOW_REVIEW_BAND");
    assertThat(rule("c", "bob")).isEqualTo("NOT_SENT NOT_A_CANDIDATE");
    assertThat(rule("c", "carl")).isEqualTo("NOT_SENT UNKNOWN_FRIEND");
    assertThat(rule("d", "ann")).isEqualTo("NOT_SENT NO_FACE");
    assertThat(rule("e", "ann")).isEqualTo("NOT_SENT DUPLICATE");
    assertThat(rule("f", "ann")).isEqualTo("NOT_SENT TOO_MANY_BYTES");
    assertThat(rule("g", "ann")).isEqualTo("NOT_SENT CORRUPT_IMAGE");
    assertThat(rule("h", "ann")).isEqualTo("WAITING WAITS_FOR_MATCH");
    assertThat(rule("i", null)).isEqualTo("WAITING WAITS_FOR_DETECTION");
    assertThat(rule("k", "ann")).isEqualTo("NOT_SENT FACE_SKIPPED");
    assertThat(rule("zzz", "ann")).isEqualTo("NOT_SENT NOT_QUEUED");
  }

  private static ExplainView explain(String photo, @Nullable String friend) {
    return answer(new ExplainQuery(tables.queries(), jobs).explain(OWNER, JOB, photo, friend));
  }

  private static String rule(String photo, @Nullable String friend) {
    var told = explain(photo, friend);
    assertThat(told.whyNot()).isNotNull();
    return told.verdict() + " " + told.whyNot().rule();
  }
}
