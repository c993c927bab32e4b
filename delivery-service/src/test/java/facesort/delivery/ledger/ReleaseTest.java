package facesort.delivery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.Channel;
import facesort.schemas.DeliveryState;
import facesort.schemas.DropCause;
import facesort.schemas.JobState;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseTest {

  private static final Contact FOLDER = new Contact(Channel.FOLDER, 1);
  private static final Contact NEWER = new Contact(Channel.TELEGRAM, 2);
  private static final Contact NONE = new Contact(Channel.NONE, 3);

  private DeliveryState state = DeliveryState.PLANNED;
  private @Nullable Contact fixed = FOLDER;
  private @Nullable Contact newest = FOLDER;
  private boolean consent = true;
  private JobState job = JobState.MATCHED;
  private boolean givenUp;
  private ReleasePolicy policy = ReleasePolicy.AUTO;
  private boolean complete = true;

  @Test
  void planned_goesOutByTheContactItWasPlannedWith() {
    newest = NEWER;

    assertThat(decision()).isEqualTo(new Release.Send(FOLDER));
  }

  @Test
  void planned_takesTheNewestContactWhenNoneWasKnown() {
    fixed = null;
    newest = NEWER;

    assertThat(decision()).isEqualTo(new Release.Send(NEWER));
  }

  @Test
  void planned_waitsUntilTheJobIsComplete() {
    complete = false;
    consent = false;
    newest = null;

    assertThat(decision()).isEqualTo(new Release.Wait());
  }

  @Test
  void planned_isDroppedWithoutConsent() {
    consent = false;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.NO_CONSENT));
  }

  @Test
  void planned_isDroppedWithoutContact() {
    newest = null;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.NO_CONTACT));
  }

  @Test
  void planned_isDroppedWhenTheFriendCanNoLongerBeReached() {
    newest = NONE;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.NO_CONTACT));
  }

  @ParameterizedTest
  @EnumSource(
      value = ReleasePolicy.class,
      names = {"REVIEW", "UNKNOWN"})
  void planned_waitsUnderAPolicyThatDoesNotReleaseByItself(ReleasePolicy other) {
    policy = other;

    assertThat(decision()).isEqualTo(new Release.Wait());
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"PLANNED", "HELD"})
  void dryRun_closesEveryPair(DeliveryState waiting) {
    state = waiting;
    policy = ReleasePolicy.DRY_RUN;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.DRY_RUN));
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"PLANNED", "HELD", "RELEASED"})
  void endedJob_letsEveryPairWaitSinceItCanBeResumed(DeliveryState waiting) {
    state = waiting;
    consent = false;

    for (var ended : List.of(JobState.CANCELLED, JobState.FAILED)) {
      job = ended;
      assertThat(decision()).isEqualTo(new Release.Wait());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DeliveryState.class,
      names = {"PLANNED", "HELD", "RELEASED"})
  void endedJob_closesEveryPairOnceItsPhotosAreCleanedUp(DeliveryState waiting) {
    state = waiting;
    givenUp = true;
    complete = false;

    job = JobState.CANCELLED;
    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.CANCELLED));
    job = JobState.FAILED;
    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.EXPIRED));
  }

  @Test
  void held_waitsForTheOwner() {
    state = DeliveryState.HELD;
    newest = null;

    assertThat(decision()).isEqualTo(new Release.Wait());
  }

  @Test
  void held_isDroppedWhenConsentIsGone() {
    state = DeliveryState.HELD;
    consent = false;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.NO_CONSENT));
  }

  @Test
  void released_isLeftToTheSender() {
    state = DeliveryState.RELEASED;

    assertThat(decision()).isEqualTo(new Release.Wait());
  }

  @Test
  void released_isDroppedWhenConsentIsGone() {
    state = DeliveryState.RELEASED;
    consent = false;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.NO_CONSENT));
  }

  @Test
  void released_isDroppedWhenItsAddressWasErased() {
    state = DeliveryState.RELEASED;
    fixed = null;
    newest = NEWER;

    assertThat(decision()).isEqualTo(new Release.Drop(DropCause.NO_CONTACT));
  }

  private Release decision() {
    return Release.of(
        new Release.Question(state, fixed, newest, consent, job, givenUp, policy, complete));
  }
}
