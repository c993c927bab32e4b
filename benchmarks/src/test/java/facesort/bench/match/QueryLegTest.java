package facesort.bench.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.bench.drive.WrongOutput;
import facesort.inference.face.Embedding;
import facesort.inference.match.Gallery;
import facesort.inference.match.GalleryFriend;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryLegTest {
  private final Crowd crowd = new Crowd();
  private final List<GalleryFriend> friends = crowd.friends(90);
  private final List<Embedding> faces = crowd.faces(4, friends);

  @Test
  void crowd_hasFriendsNearTheirFaces_andStrangersFarFromAll() {
    assertThat(friends).hasSize(23);
    assertThat(NaiveLoop.nearest(faces.getFirst(), friends).getFirst().getScore())
        .isGreaterThan(0.4f);
    assertThat(NaiveLoop.nearest(faces.getLast(), friends).getFirst().getScore()).isLessThan(0.3f);
  }

  @Test
  void recall_ofTheRightGallery_isOne() {
    assertThat(new QueryLeg(90, friends, Gallery.of(friends), faces).recall()).isEqualTo(1);
  }

  @Test
  void recall_ofAWrongAnswer_isRefused() {
    Gallery incomplete = Gallery.of(friends.subList(1, 3));

    assertThatThrownBy(() -> new QueryLeg(90, friends, incomplete, faces).recall())
        .isInstanceOf(WrongOutput.class)
        .hasMessageContaining("90 exemplars");
  }

  @Test
  void summary_isOfTheRoundsThatCount() {
    QueryLeg leg = new QueryLeg(90, friends, Gallery.of(friends), faces);
    leg.round(0);

    leg.keep(new QueryLeg.Times(List.of(1.0, 3.0, 8.0), List.of(6.0)));
    leg.keep(new QueryLeg.Times(List.of(2.0), List.of(6.0)));

    assertThat(leg.medians()).containsExactly(3.0, 2.0);
    assertThat(leg.summary().p50Ms()).isEqualTo(2.5);
    assertThat(leg.summary().ratioToNaive()).isEqualTo(2.4);
    assertThat(leg.summary().queries()).isEqualTo(4);
  }
}
