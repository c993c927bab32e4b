package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import facesort.schemas.KeepReason;
import facesort.schemas.ReleasePolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptOriginalsTest {

  private static final long NOW = 1_000;
  private static final PhotoFacts WAITS = PhotoFacts.NONE.withTask(null);
  private static final PhotoFacts.Cause CORRUPT =
      new PhotoFacts.Cause(FailureCode.CORRUPT_IMAGE, "s");
  private static final PhotoFacts.Match ANN_UNSURE =
      new PhotoFacts.Match(0, 1, List.of(JobEvents.unsure("ann")));
  private static final PhotoFacts.Match ANN_SURE =
      new PhotoFacts.Match(0, 1, List.of(JobEvents.sure("ann")));

  @Test
  void photo_stays_whenItIsNotSettledWell() {
    assertThat(reasons(WAITS)).containsExactly(KeepReason.FAILED_PHOTO);
    assertThat(reasons(WAITS.withDeath(CORRUPT))).containsExactly(KeepReason.FAILED_PHOTO);
  }

  @Test
  void photo_stays_whileItsDeliveryIsUndecided() {
    assertThat(reasons(WAITS.withMatch(ANN_UNSURE))).containsExactly(KeepReason.HELD_DELIVERY);
    assertThat(
            reasons(WAITS.withMatch(ANN_SURE).withDelivery("ann", closed(DeliveryState.UNKNOWN))))
        .containsExactly(KeepReason.UNKNOWN_DELIVERY);
  }

  @Test
  void photo_stays_whenItsDeliveryFailed_andGoesWhenNobodyDecidedInTime() {
    var failed = WAITS.withMatch(ANN_SURE).withDelivery("ann", closed(DeliveryState.FAILED));
    var job = job(ReleasePolicy.AUTO, false);

    assertThat(reasons(failed)).containsExactly(KeepReason.FAILED_DELIVERY);
    assertThat(keptAfter(KeptOriginals.UNDECIDED, job, failed).objects()).isEmpty();
  }

  @Test
  void photo_goes_whenItIsDeliveredOrHasNobodyOrIsADuplicate() {
    assertThat(reasons(WAITS.withMatch(ANN_SURE).withDelivery("ann", closed(DeliveryState.SENT))))
        .isEmpty();
    assertThat(reasons(WAITS.withMatch(new PhotoFacts.Match(0, 1, List.of())))).isEmpty();
    assertThat(reasons(PhotoFacts.NONE.withTask(FailureCode.DUPLICATE))).isEmpty();
  }

  @Test
  void undecidedPhoto_isAskedForAgain_afterSevenDays() {
    var kept = kept(job(ReleasePolicy.AUTO, false), WAITS.withMatch(ANN_UNSURE));

    assertThat(kept.againAt()).isEqualTo(NOW + KeptOriginals.UNDECIDED.toMillis());
  }

  @Test
  void failedPhoto_staysForItsTime() {
    var job = job(ReleasePolicy.AUTO, false);
    var failed = Retention.USUAL.failed();

    assertThat(kept(job, WAITS).againAt()).isEqualTo(NOW + failed.toMillis());
    assertThat(kept(job, WAITS).failed()).isTrue();
    assertThat(keptAfter(failed.minusMillis(1), job, WAITS).objects()).hasSize(1);
    assertThat(keptAfter(failed, job, WAITS).objects()).isEmpty();
    assertThat(keptAfter(failed, job, WAITS).failed()).isFalse();
  }

  @Test
  void cancelledPhoto_goes() {
    var job = job(ReleasePolicy.AUTO, false).in(JobState.RUNNING, null, null);
    var cancelled = JobFold.ended(job, JobState.CANCELLED, null, Retention.USUAL, NOW);

    assertThat(kept(cancelled, WAITS).objects()).isEmpty();
    assertThat(kept(cancelled, WAITS).cancelled()).isFalse();
  }

  @Test
  void dryRun_keepsNoReviewPhoto() {
    var kept = kept(job(ReleasePolicy.DRY_RUN, false), WAITS.withMatch(ANN_UNSURE));

    assertThat(kept.objects()).isEmpty();
  }

  @Test
  void everything_isNamedByOneStar_whenTheOwnerKeepsOriginals() {
    var kept = kept(job(ReleasePolicy.AUTO, true), WAITS);

    assertThat(kept.objects())
        .extracting(object -> object.getPhotoId() + " " + object.getReason())
        .containsExactly("* KEEP_ORIGINALS");
  }

  @Test
  void everything_stays_whenTheNamesDoNotFitIntoARecord() {
    var many =
        IntStream.range(0, KeptOriginals.MOST_BYTES / 12)
            .mapToObj(i -> Map.entry("p" + i, WAITS))
            .toList();

    var kept =
        KeptOriginals.of(
            job(ReleasePolicy.AUTO, false), many.iterator(), Retention.USUAL.failed(), NOW);

    assertThat(kept.objects()).extracting(object -> object.getPhotoId()).containsExactly("*");
  }

  private static List<KeepReason> reasons(PhotoFacts photo) {
    return kept(job(ReleasePolicy.AUTO, false), photo).objects().stream()
        .map(object -> object.getReason())
        .toList();
  }

  private static KeptOriginals kept(JobFacts job, PhotoFacts photo) {
    return keptAfter(Duration.ZERO, job, photo);
  }

  /** That long after the first request. */
  private static KeptOriginals keptAfter(Duration time, JobFacts job, PhotoFacts photo) {
    var counted =
        job.with(job.tally().replace(Tally.ZERO, photo.tally(job.runs())))
            .with(job.cleaning().asked(NOW));
    return KeptOriginals.of(
        counted,
        List.of(Map.entry("p", photo)).iterator(),
        Retention.USUAL.failed(),
        NOW + time.toMillis());
  }

  private static JobFacts job(ReleasePolicy release, boolean keepOriginals) {
    var submission = new JobEvent.Submission("n", 1, release, 1, NOW * 9, keepOriginals, false);
    return JobFacts.open("j", "o", NOW).with(Intake.OPEN.withSubmission(submission));
  }

  private static PhotoFacts.Pair closed(DeliveryState state) {
    return new PhotoFacts.Pair(0, state);
  }
}
