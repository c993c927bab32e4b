package facesort.inference.match;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.Embedding;
import facesort.schemas.Box;
import facesort.schemas.Causation;
import facesort.schemas.DetectedFace;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whoever has the record of a match, or what it was made from, arrives at the same. */
class RecordTest {
  private static final int DIMENSION = 8;
  private static final MatchPolicy POLICY = new MatchPolicy(0.5f, 0.08f, 0.4f);
  private static final Causation CAUSATION = new Causation("faces.detected", 0, 0L);
  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  @Test
  void decisions_canBeMadeAgainFromTheRecordAlone() {
    for (int seed = 0; seed < 3_000; seed++) {
      MatchResult result = match(photo(seed), Gallery.of(friends(seed)));

      assertThat(decidedAgain(result)).as("seed " + seed).isEqualTo(decided(result));
    }
  }

  @Test
  void scores_areTheCosinesInDouble_ofTheEmbeddingsNamed() {
    for (int seed = 0; seed < 1_000; seed++) {
      FacesDetected photo = photo(seed);
      Map<String, GalleryFriend> friends =
          friends(seed).stream()
              .collect(Collectors.toMap(GalleryFriend::friendId, Function.identity()));

      MatchResult result = match(photo, Gallery.of(friends.values()));

      for (MatchedFace face : result.getFaces()) {
        for (MatchCandidate candidate : face.getCandidates()) {
          GalleryFriend friend = requireNonNull(friends.get(candidate.getFriendId()));
          Embedding exemplar = friend.exemplars().get(candidate.getExemplar());
          Embedding own = Embedding.fromBytes(photo.getFaces().get(face.getIndex()).getEmbedding());
          assertThat(candidate.getScore()).isEqualTo(own.cosine(exemplar));
          assertThat(candidate.getProfileVersion()).isEqualTo(friend.profileVersion());
        }
      }
    }
  }

  @Test
  void record_isTheSame_inAnyOrderOfFriends_onManyThreads() {
    List<FacesDetected> photos = IntStream.range(0, 500).mapToObj(RecordTest::photo).toList();
    List<GalleryFriend> friends = new ArrayList<>(friends(1));
    Gallery gallery = Gallery.of(friends);
    List<MatchResult> records = photos.stream().map(photo -> match(photo, gallery)).toList();

    Collections.shuffle(friends, new Random(1));
    Gallery shuffled = Gallery.of(friends);

    assertThat(photos.parallelStream().map(photo -> match(photo, shuffled)).toList())
        .isEqualTo(records);
  }

  private static List<FaceMatch> decided(MatchResult result) {
    return result.getFaces().stream()
        .map(face ->
            new FaceMatch(
                face.getDecision(),
                face.getRule(),
                face.getFriendId(),
                face.getScore(),
                face.getRunnerUpMargin(),
                face.getCandidates()))
        .toList();
  }

  /** Uses scores, limits and reasons of the record; nothing of what was decided by scores. */
  private static List<FaceMatch> decidedAgain(MatchResult result) {
    return Decisions.of(
        result.getFaces().stream().map(RecordTest::scores).toList(),
        new MatchPolicy(result.getThreshold(), result.getMargin(), result.getReviewFrom()));
  }

  private static FaceScores scores(MatchedFace face) {
    return face.getCandidates().isEmpty()
        ? FaceScores.none(face.getRule())
        : FaceScores.of(face.getCandidates());
  }

  private static MatchResult match(FacesDetected photo, Gallery gallery) {
    return new MatchEvent(POLICY, CLOCK).of(photo, CAUSATION, gallery, false);
  }

  private static List<GalleryFriend> friends(int seed) {
    RandomFaces random = new RandomFaces(seed, DIMENSION);
    float[] centre = random.vector();
    return random.friends(seed % 9, 4, centre, 1);
  }

  /** Faces near the same centre: many claims for the same friends. */
  private static FacesDetected photo(int seed) {
    float[] centre = new RandomFaces(seed, DIMENSION).vector();
    RandomFaces random = new RandomFaces(-seed, DIMENSION);
    List<DetectedFace> faces = new ArrayList<>();
    for (int i = 0; i < seed % 8; i++) {
      faces.add(face(i, i == 5 ? null : Embedding.of(random.near(centre, 1))));
    }
    return Records.faces(Instant.EPOCH, DIMENSION, faces);
  }

  private static DetectedFace face(int index, @Nullable Embedding embedding) {
    return new DetectedFace(
        index,
        new Box(0f, 0f, 9f, 9f),
        1f,
        List.of(),
        embedding == null ? null : embedding.toBytes(),
        embedding == null ? FailureCode.TOO_MANY_FACES : null,
        null);
  }
}
