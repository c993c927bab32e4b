package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.Embedding;
import facesort.schemas.MatchCandidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GalleryTest {
  private static final String SPACE = "space";

  /** Distances below the scan's error make it see all friends alike; at 0 all scores are equal. */
  @ParameterizedTest
  @CsvSource({
    // friends, exemplars, distance
    "1, 1, 1",
    "4, 3, 1",
    "6, 2, 1",
    "16, 1, 1",
    "17, 1, 1",
    "50, 10, 1",
    "300, 32, 1",
    "6, 2, 1e-4",
    "60, 10, 1e-2",
    "60, 10, 1e-3",
    "300, 3, 1e-4",
    "300, 3, 3e-5",
    "60, 5, 0",
  })
  void nearest_isExactlyThatOfComparingAllInDouble(int friends, int exemplars, double distance) {
    for (int seed = 0; seed < 5; seed++) {
      RandomFaces random = new RandomFaces(seed, 512);
      float[] centre = random.vector();
      List<GalleryFriend> all = random.friends(friends, exemplars, centre, distance);
      List<Embedding> faces = new ArrayList<>(List.of(Embedding.of(centre)));
      for (int i = 0; i < 40; i++) {
        faces.add(Embedding.of(random.near(centre, 0.5)));
      }

      List<List<MatchCandidate>> nearest = Gallery.of(all).nearest(SPACE, faces);

      assertThat(nearest).isEqualTo(faces.stream().map(face -> naive(face, all)).toList());
    }
  }

  @Test
  void nearest_isTheSame_inWhateverOrderTheFriendsCome() {
    RandomFaces random = new RandomFaces(1, 64);
    float[] centre = random.vector();
    List<GalleryFriend> friends = new ArrayList<>(random.friends(100, 4, centre, 1e-4));
    List<Embedding> face = List.of(Embedding.of(random.near(centre, 0.5)));
    List<List<MatchCandidate>> nearest = Gallery.of(friends).nearest(SPACE, face);

    Collections.shuffle(friends, new Random(1));

    assertThat(Gallery.of(friends).nearest(SPACE, face)).isEqualTo(nearest);
  }

  @Test
  void nearest_comparesOnlyWhatCanBeCompared() {
    Embedding good = Embedding.of(1, 1);
    Gallery gallery =
        Gallery.of(
            List.of(
                new GalleryFriend("other", 1, "elsewhere", List.of(good)),
                new GalleryFriend("longer", 1, SPACE, List.of(Embedding.of(1, 1, 1))),
                new GalleryFriend("empty", 1, SPACE, List.of()),
                new GalleryFriend(
                    "anna",
                    3,
                    SPACE,
                    List.of(Embedding.of(Float.NaN, 1), Embedding.of(0, 0), good, good))));

    List<List<MatchCandidate>> nearest =
        gallery.nearest(
            SPACE,
            Arrays.asList(
                null,
                good,
                Embedding.of(0, 0),
                Embedding.of(2, 2, 2),
                Embedding.of(1),
                Embedding.of(Float.POSITIVE_INFINITY, 1)));

    assertThat(nearest)
        .containsExactly(
            List.of(),
            List.of(new MatchCandidate("anna", 1f, 2, 3L)),
            List.of(),
            List.of(new MatchCandidate("longer", 1f, 0, 1L)),
            List.of(),
            List.of());
  }

  @Test
  void galleryWithoutFriends_hasNobodyNear() {
    assertThat(Gallery.EMPTY.nearest(SPACE, List.of(Embedding.of(1)))).containsExactly(List.of());
    assertThat(Gallery.EMPTY.nearest(SPACE, List.of())).isEmpty();
  }

  private static List<MatchCandidate> naive(Embedding face, List<GalleryFriend> friends) {
    return friends.stream()
        .map(friend -> {
          int best = 0;
          for (int i = 1; i < friend.exemplars().size(); i++) {
            if (face.cosine(friend.exemplars().get(i))
                > face.cosine(friend.exemplars().get(best))) {
              best = i;
            }
          }
          float score = face.cosine(friend.exemplars().get(best));
          return new MatchCandidate(friend.friendId(), score, best, friend.profileVersion());
        })
        .sorted(
            Comparator.comparing(MatchCandidate::getScore, Comparator.reverseOrder())
                .thenComparing(MatchCandidate::getFriendId))
        .limit(5)
        .toList();
  }
}
