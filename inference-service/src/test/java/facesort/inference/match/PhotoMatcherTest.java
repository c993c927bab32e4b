package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.Embedding;
import facesort.schemas.Box;
import facesort.schemas.Causation;
import facesort.schemas.DetectedFace;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.PartitionOffset;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PhotoMatcherTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Causation CAUSATION = new Causation("faces.detected", 3, 42L);
  private static final Duration WAIT = Duration.ofSeconds(60);
  private final PhotoMatcher matcher =
      new PhotoMatcher(
          new Galleries((partition, from, end) -> false),
          MatchPolicy.DEFAULT,
          WAIT,
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void photoWithoutFaces_isAnsweredToo() throws Exception {
    MatchResult result = matched(faces(NOW, null, List.of()));

    assertThat(result.getFaces()).isEmpty();
    assertThat(result.getGalleryLate()).isFalse();
    assertThat(result.getCausation()).isEqualTo(CAUSATION);
    assertThat(result.getThreshold()).isEqualTo(0.55f);
  }

  @Test
  void photoWhoseFriendsNeverCame_isAnsweredLate() throws Exception {
    List<PartitionOffset> upto = List.of(new PartitionOffset(0, 1L));

    MatchResult result = matched(faces(NOW.minus(WAIT), upto, List.of()));

    assertThat(result.getGalleryLate()).isTrue();
  }

  @Test
  void faces_keepTheirOrderAndSayWhyNobodyWasFound() throws Exception {
    DetectedFace embedded = face(0, Embedding.of(1, 0).toBytes(), null);
    DetectedFace skipped = face(1, null, FailureCode.TOO_MANY_FACES);

    MatchResult result = matched(faces(NOW, null, List.of(embedded, skipped)));

    assertThat(result.getFaces())
        .extracting(face -> face.getDecision())
        .containsExactly(MatchDecision.NO_MATCH, MatchDecision.SKIPPED);
  }

  @Test
  void id_namesTheLimits_soThatOthersAreOtherWork() {
    assertThat(matcher.id()).isEqualTo("cosine-2/0.55/0.08/0.4");
  }

  private MatchResult matched(FacesDetected faces) throws InterruptedException {
    return matcher.match(faces, CAUSATION, NOW);
  }

  private static DetectedFace face(
      int index, @Nullable ByteBuffer embedding, @Nullable FailureCode skipped) {
    return new DetectedFace(
        index, new Box(0f, 0f, 9f, 9f), 1f, List.of(), embedding, skipped, null);
  }

  private static FacesDetected faces(
      Instant found, @Nullable List<PartitionOffset> upto, List<DetectedFace> faces) {
    return Records.faces(found, 2, faces, upto);
  }
}
