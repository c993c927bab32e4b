package facesort.inference.enroll;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.Embedding;
import facesort.schemas.EventIds;
import facesort.schemas.Exemplar;
import facesort.schemas.FriendGallery;
import facesort.schemas.GalleryState;
import facesort.schemas.GalleryWarning;
import facesort.schemas.GalleryWarningCode;
import facesort.service.Followed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnrolledFriendsTest {
  private final EnrolledFriends friends = new EnrolledFriends();

  @Test
  void made_warnsOfAFriendWhoLooksAlike() {
    read("ann", gallery("o", "ann", 1, 0));

    List<GalleryWarning> warnings = friends.made(gallery("o", "bea", 1, 200, 30));

    assertThat(warnings).hasSize(1);
    GalleryWarning warning = warnings.getFirst();
    assertThat(warning.getCode()).isEqualTo(GalleryWarningCode.TWIN);
    assertThat(warning.getFriendId()).isEqualTo("ann");
    assertThat(warning.getScore()).isEqualTo((float) Math.cos(Math.toRadians(30)));
    assertThat(warning.getMessage())
        .isEqualTo("Looks like ann (cosine 0.87): photos of one may be taken for the other");
  }

  @Test
  void made_isQuietBelowTheLimit() {
    read("ann", gallery("o", "ann", 1, 0));

    assertThat(friends.made(gallery("o", "bea", 1, 64))).isEmpty();
    assertThat(friends.made(gallery("o", "cleo", 1, 63)))
        .extracting(GalleryWarning::getFriendId)
        .contains("ann");
  }

  @Test
  void made_knowsWhatThisProcessHasJustMade() {
    friends.made(gallery("o", "ann", 1, 0));

    assertThat(friends.made(gallery("o", "bea", 1, 10))).hasSize(1);
  }

  @Test
  void made_looksAtTheSameOwnersOtherFriendsOnly() {
    read("ann", "other", gallery("other", "ann", 1, 0));
    friends.made(gallery("o", "bea", 1, 0));

    assertThat(friends.made(gallery("o", "bea", 2, 0))).isEmpty();
  }

  @Test
  void made_comparesNoOtherSpace() {
    read("ann", galleryIn("another", "o", "ann", 1, 0));

    assertThat(friends.made(gallery("o", "bea", 1, 0))).isEmpty();
  }

  @Test
  void refusedOrRemovedFriends_areForgotten() {
    read("ann", gallery("o", "ann", 1, 0));
    friends.made(gallery("o", "ann", 2));
    read("cleo", gallery("o", "cleo", 1, 0));
    read("cleo", null);

    assertThat(friends.made(gallery("o", "bea", 1, 0))).isEmpty();
  }

  @Test
  void olderAnswerReadBack_doesNotReplaceANewerOne() {
    friends.made(gallery("o", "ann", 2, 0));
    read("ann", gallery("o", "ann", 1, 180));

    assertThat(friends.made(gallery("o", "bea", 1, 0))).hasSize(1);
  }

  @Test
  void made_namesTheNearestFiveFirst() {
    for (int angle = 1; angle <= 7; angle++) {
      read("f" + angle, gallery("o", "f" + angle, 1, angle));
    }

    assertThat(friends.made(gallery("o", "bea", 1, 0)))
        .extracting(GalleryWarning::getFriendId)
        .containsExactly("f1", "f2", "f3", "f4", "f5");
  }

  private void read(String friend, @Nullable FriendGallery gallery) {
    read(friend, "o", gallery);
  }

  private void read(String friend, String owner, @Nullable FriendGallery gallery) {
    friends.read(new Followed<>(EventIds.friendKey(owner, friend), gallery, 0, 0));
  }

  /** In the plane: the cosine of two pictures is that of the angle between them. */
  private static FriendGallery gallery(String owner, String friend, long version, int... angles) {
    return galleryIn("space", owner, friend, version, angles);
  }

  private static FriendGallery galleryIn(
      String space, String owner, String friend, long version, int... angles) {
    List<Exemplar> exemplars = new ArrayList<>();
    IntStream.of(angles)
        .mapToObj(Math::toRadians)
        .map(turn -> Embedding.of((float) Math.cos(turn), (float) Math.sin(turn)))
        .forEach(embedding -> exemplars.add(new Exemplar("key", embedding.toBytes())));
    return FriendGallery.newBuilder()
        .setEventId("id")
        .setOccurredAt(Instant.EPOCH)
        .setOwnerId(owner)
        .setFriendId(friend)
        .setProfileVersion(version)
        .setState(angles.length == 0 ? GalleryState.REFUSED : GalleryState.ACCEPTED)
        .setReferences(List.of())
        .setExemplars(exemplars)
        .setDimension(2)
        .setModelId("model")
        .setSpaceId(space)
        .setWarnings(List.of())
        .build();
  }
}
