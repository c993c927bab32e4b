package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.Embedding;
import facesort.schemas.EventIds;
import facesort.schemas.Exemplar;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.MatchCandidate;
import facesort.schemas.PartitionOffset;
import facesort.service.Followed;
import java.util.List;
import org.junit.jupiter.api.Test;

class GalleriesTest {
  private static final String OWNER = "owner";
  private long gapFrom = Long.MAX_VALUE;
  private final Galleries galleries = new Galleries((partition, from, end) -> from >= gapFrom);

  @Test
  void friends_areThoseWithConsentAndAnAcceptedGallery() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);
    profile("ben", 1, 1, true);
    gallery("ben", 1, GalleryState.REFUSED);
    profile("cleo", 1, 2, false);
    gallery("cleo", 1, GalleryState.ACCEPTED);
    gallery("dora", 1, GalleryState.ACCEPTED);

    assertThat(galleries.of(OWNER).friends())
        .extracting(GalleryFriend::friendId)
        .containsExactly("anna");
    assertThat(galleries.of("other").friends()).isEmpty();
  }

  @Test
  void consentWithdrawn_countsAtOnce_beforeEnrolmentAnswers() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);

    profile("anna", 2, 1, false);

    assertThat(galleries.of(OWNER).friends()).isEmpty();
  }

  @Test
  void tombstones_removeAFriend() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);

    galleries.gallery(new Followed<>(EventIds.friendKey(OWNER, "anna"), null, 0, 9));

    assertThat(galleries.of(OWNER).friends()).isEmpty();
  }

  @Test
  void gallery_staysAsItWas_whenTheFriendsChange() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);
    Gallery before = galleries.of(OWNER);

    gallery("anna", 2, GalleryState.REFUSED);

    assertThat(before.friends()).hasSize(1);
    assertThat(galleries.of(OWNER).friends()).isEmpty();
  }

  @Test
  void gallery_isTheSameObject_whenNothingChanged() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);
    Gallery before = galleries.of(OWNER);

    gallery("anna", 1, GalleryState.ACCEPTED);
    profile("ben", 1, 1, true);

    assertThat(galleries.of(OWNER)).isSameAs(before);
  }

  @Test
  void exemplarOfAnotherSize_keepsItsPlace_andIsNeverCompared() {
    profile("anna", 1, 0, true);
    Exemplar damaged = new Exemplar("key", Embedding.of(1).toBytes());
    galleries.gallery(
        new Followed<>(
            EventIds.friendKey(OWNER, "anna"),
            galleryOf("anna", 1, GalleryState.ACCEPTED, damaged, exemplar()),
            0,
            0));

    List<MatchCandidate> nearest =
        galleries.of(OWNER).nearest("space", List.of(Embedding.of(1, 0))).getFirst();

    assertThat(nearest).containsExactly(new MatchCandidate("anna", 1f, 1, 1L));
  }

  @Test
  void answered_waitsForEachProfileBeforeTheEnd() {
    profile("anna", 1, 0, true);
    profile("ben", 1, 1, true);
    assertThat(answered(2)).isFalse();

    gallery("anna", 1, GalleryState.ACCEPTED);
    assertThat(answered(1)).isTrue();
    assertThat(answered(2)).isFalse();

    gallery("ben", 1, GalleryState.REFUSED);
    assertThat(answered(2)).isTrue();
  }

  @Test
  void answered_waitsForTheLatestVersionBeforeTheEnd_notForLaterOnes() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);
    profile("anna", 2, 1, true);

    assertThat(answered(1)).isTrue();
    assertThat(answered(2)).isFalse();

    gallery("anna", 2, GalleryState.ACCEPTED);
    assertThat(answered(2)).isTrue();
  }

  @Test
  void answered_isNotHeldUpByOtherOwners() {
    profile("anna", 1, 0, true);

    assertThat(galleries.answered("other", List.of(new PartitionOffset(0, 1L)))).isTrue();
  }

  @Test
  void answered_waitsForProfilesNotYetRead_exceptWhereNoRecordIs() {
    profile("anna", 1, 0, true);
    gallery("anna", 1, GalleryState.ACCEPTED);
    assertThat(answered(3)).isFalse();

    gapFrom = 1;

    assertThat(answered(3)).isTrue();
  }

  private boolean answered(long end) {
    return galleries.answered(OWNER, List.of(new PartitionOffset(0, end)));
  }

  private void profile(String friend, long version, long offset, boolean consent) {
    FriendProfile profile = Records.profile(friend, version, consent);
    galleries.profile(new Followed<>(EventIds.friendKey(OWNER, friend), profile, 0, offset));
  }

  private void gallery(String friend, long version, GalleryState state) {
    FriendGallery gallery = galleryOf(friend, version, state, exemplar());
    galleries.gallery(new Followed<>(EventIds.friendKey(OWNER, friend), gallery, 0, 0));
  }

  private static Exemplar exemplar() {
    return Records.exemplar(Embedding.of(1, 0));
  }

  private static FriendGallery galleryOf(
      String friend, long version, GalleryState state, Exemplar... exemplars) {
    return Records.gallery(friend, version, state, List.of(exemplars));
  }
}
