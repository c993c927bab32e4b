package facesort.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.state.job.Records;
import facesort.state.query.Evidence.Candidate;
import facesort.state.query.Evidence.Dead;
import facesort.state.query.Evidence.Face;
import facesort.state.query.Evidence.Match;
import facesort.state.query.Evidence.Pair;
import facesort.state.query.Evidence.Photo;
import facesort.state.query.ExplainView.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final JobView JOB =
      StatusView.of(Records.of("j", "o").status(3), new SettledLately(), Instant.EPOCH);
  private static final FriendView ANN = friend(true, gallery("ACCEPTED", null));

  private static FriendView friend(boolean consent, FriendView.@Nullable Gallery gallery) {
    return new FriendView("ann", "Ann", consent, 1, gallery);
  }

  private static FriendView.Gallery gallery(String state, @Nullable String code) {
    return new FriendView.Gallery(state, code, 1, 1, List.of(), List.of());
  }

  private static JobView job(String state, String release, JobView.Command... commands) {
    return new JobView(
        "j",
        "o",
        "n",
        state,
        null,
        release,
        true,
        0,
        3,
        JOB.photos(),
        0,
        JOB.deliveries(),
        0,
        List.of(commands),
        null,
        Instant.EPOCH,
        null,
        null,
        null,
        "",
        List.of());
  }

  private static Face face(
      String decision, String rule, @Nullable String friend, Candidate... candidates) {
    return new Face(0, decision, rule, friend, 0.6f, 0.02f, null, List.of(candidates));
  }

  private static Candidate candidate(String friend, float score) {
    return new Candidate(friend, score, 1L);
  }

  private static Photo photo(String state, boolean late, Face... faces) {
    var place = new Place("match.result", 2, 20);
    return new Photo(
        state,
        0,
        new Place("task.queued", 1, 10),
        Instant.EPOCH,
        "a.jpg",
        null,
        null,
        null,
        new Place("faces.detected", 1, 15),
        faces.length,
        0,
        Instant.EPOCH,
        5,
        null,
        place,
        Instant.EPOCH,
        new Match(0.5f, 0.08f, 0.4f, 3, late, List.of(faces)));
  }

  private static Pair pair(
      String decision, @Nullable String state, @Nullable String cause, @Nullable String code) {
    return new Pair(decision, state, cause, code, null, "FOLDER", null, 1, Instant.EPOCH);
  }

  private static final Photo MATCHED =
      photo("MATCHED", false, face("MATCHED", "ACCEPTED", "ann", candidate("ann", 0.6f)));

  private static String told(
      JobView job, Photo photo, @Nullable FriendView friend, @Nullable Pair pair) {
    return told(new Evidence(job, "a", photo, "ann", friend, pair, null, List.of()));
  }

  private static String told(Evidence evidence) {
    var view = Explanation.of(evidence);
    return view.verdict() + (view.whyNot() == null ? "" : " " + view.whyNot().rule());
  }

  private static String delivered(String state, @Nullable String cause, @Nullable String code) {
    return told(job("DELIVERING", "AUTO"), MATCHED, ANN, pair("MATCHED", state, cause, code));
  }

  @Test
  void whatDeliverySaid_isTheAnswer() {
    assertThat(delivered("SENT", null, null)).isEqualTo("SENT");
    assertThat(delivered("DROPPED", "NO_CONSENT", null)).isEqualTo("NOT_SENT NO_CONSENT");
    assertThat(delivered("DROPPED", "NO_CONTACT", null)).isEqualTo("NOT_SENT NO_CONTACT");
    assertThat(delivered("FAILED", null, "TOO_BIG")).isEqualTo("NOT_SENT DELIVERY_FAILED");
    assertThat(delivered("REFUSED", null, "CHANNEL_BLOCKED"))
        .isEqualTo("NOT_SENT DELIVERY_REFUSED");
    assertThat(delivered("UNKNOWN", null, null)).isEqualTo("NOT_SENT DELIVERY_UNKNOWN");
    assertThat(delivered("RECALLED", null, null)).isEqualTo("RECALLED RECALLED");
  }

  @Test
  void pairThatIsOpen_waitsForTheFirstThingInItsWay() {
    var open = pair("MATCHED", null, null, null);
    var released = new JobView.Command("e", "RELEASE", "ACCEPTED", null, 0, 0, null);

    assertThat(told(job("RUNNING", "AUTO"), MATCHED, ANN, open))
        .isEqualTo("WAITING JOB_NOT_MATCHED");
    assertThat(told(job("MATCHED", "AUTO"), MATCHED, ANN, open))
        .isEqualTo("WAITING DELIVERY_WAITS");
    assertThat(told(job("MATCHED", "REVIEW"), MATCHED, ANN, open))
        .isEqualTo("HELD WAITS_FOR_RELEASE");
    assertThat(told(job("MATCHED", "REVIEW", released), MATCHED, ANN, open))
        .isEqualTo("WAITING DELIVERY_WAITS");
    assertThat(told(job("CANCELLED", "AUTO"), MATCHED, ANN, open))
        .isEqualTo("NOT_SENT JOB_CANCELLED");
    assertThat(told(job("MATCHED", "AUTO"), MATCHED, friend(false, null), open))
        .isEqualTo("NOT_SENT NO_CONSENT");
  }

  @Test
  void matchThatDeliveryCannotRead_isNamedByItsDeadLetter() {
    var dead = new Dead(new Place("match.result-dlt", 2, 5), "UNDECODABLE", "m", Instant.EPOCH);
    var view =
        Explanation.of(
            new Evidence(
                job("MATCHED", "AUTO"),
                "a",
                MATCHED,
                "ann",
                ANN,
                pair("MATCHED", null, null, null),
                dead,
                List.of()));

    assertThat(view.verdict()).isEqualTo("NOT_SENT");
    assertThat(view.whyNot()).isNotNull();
    assertThat(view.whyNot().topic()).isEqualTo("match.result-dlt");
    assertThat(view.whyNot().offset()).isEqualTo(5);
  }

  private static String unmatched(Photo photo, @Nullable FriendView friend) {
    return told(job("MATCHED", "AUTO"), photo, friend, null);
  }

  @Test
  void friendWhoWasNoCandidate_isToldWhy() {
    var others = face("NO_MATCH", "BELOW_REVIEW_BAND", null, candidate("bob", 0.2f));

    assertThat(unmatched(photo("NO_MATCH", false, others), null))
        .isEqualTo("NOT_SENT UNKNOWN_FRIEND");
    assertThat(unmatched(photo("NO_MATCH", false, others), friend(false, null)))
        .isEqualTo("NOT_SENT NO_CONSENT");
    assertThat(unmatched(photo("NO_MATCH", false, others), friend(true, null)))
        .isEqualTo("NOT_SENT GALLERY_LATE");
    assertThat(
            unmatched(
                photo("NO_MATCH", false, others),
                friend(true, gallery("REFUSED", "MULTIPLE_FACES"))))
        .isEqualTo("NOT_SENT GALLERY_REFUSED");
    assertThat(unmatched(photo("NO_MATCH", true, others), ANN)).isEqualTo("NOT_SENT GALLERY_LATE");
    assertThat(unmatched(photo("NO_MATCH", false, others), ANN))
        .isEqualTo("NOT_SENT NOT_A_CANDIDATE");
  }

  @Test
  void friendWhoLostAFace_isToldTheRule() {
    var low = face("NO_MATCH", "BELOW_REVIEW_BAND", null, candidate("ann", 0.3f));
    var bobs = face("MATCHED", "ACCEPTED", "bob", candidate("bob", 0.9f), candidate("ann", 0.45f));
    var taken = face("NO_MATCH", "FRIEND_TAKEN_BY_BETTER_FACE", null, candidate("ann", 0.45f));

    assertThat(unmatched(photo("NO_MATCH", false, low), ANN))
        .isEqualTo("NOT_SENT BELOW_REVIEW_BAND");
    assertThat(unmatched(photo("MATCHED", false, bobs), ANN))
        .isEqualTo("NOT_SENT OTHER_FRIEND_ON_FACE");
    assertThat(unmatched(photo("NO_MATCH", false, taken), ANN))
        .isEqualTo("NOT_SENT FRIEND_TAKEN_BY_BETTER_FACE");
  }

  @Test
  void doubtAboutTheNextFriend_isHeldByTheMargin() {
    var near = face("REVIEW", "MARGIN_TOO_SMALL", "ann", candidate("ann", 0.6f));
    var view =
        Explanation.of(
            new Evidence(
                job("MATCHED", "AUTO"),
                "a",
                photo("MATCHED", false, near),
                "ann",
                ANN,
                pair("REVIEW", null, null, null),
                null,
                List.of()));

    assertThat(view.verdict()).isEqualTo("HELD");
    assertThat(view.whyNot()).isNotNull();
    assertThat(view.whyNot().rule()).isEqualTo("MARGIN_TOO_SMALL");
    assertThat(view.whyNot().text()).contains("0.600", "0.020", "0.080");
  }
}
