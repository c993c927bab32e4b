package facesort.inference.match;

import facesort.inference.face.Embedding;
import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which friend each face of a photo is. Pure: the same faces and friends give the same
 * answer on every machine, in whatever order the friends come. Any thread.
 */
public final class Matcher {
  private final MatchPolicy policy;

  /** Decides by these limits. */
  public Matcher(MatchPolicy policy) {
    this.policy = policy;
  }

  /**
   * Matches all faces of one photo: a friend is on it once at most, a face is one friend at most.
   *
   * @param faces embeddings; null where a face has none
   * @param spaceId embedding space of the faces; friends of other spaces are not compared
   * @param gallery the owner's friends
   * @return one answer per face, in their order
   */
  public List<FaceMatch> match(
      List<? extends @Nullable Embedding> faces, String spaceId, Gallery gallery) {
    MatchRule uncompared = uncompared(spaceId, gallery);
    List<List<MatchCandidate>> nearest = gallery.nearest(spaceId, faces);
    List<FaceScores> scores = new ArrayList<>();
    for (int face = 0; face < nearest.size(); face++) {
      List<MatchCandidate> candidates = nearest.get(face);
      if (faces.get(face) == null) {
        scores.add(FaceScores.none(MatchRule.NO_EMBEDDING));
      } else {
        scores.add(candidates.isEmpty() ? FaceScores.none(uncompared) : FaceScores.of(candidates));
      }
    }
    return Decisions.of(scores, policy);
  }

  /** Why a face with an embedding is compared with nobody, should that be so. */
  private static MatchRule uncompared(String spaceId, Gallery gallery) {
    if (gallery.friends().isEmpty()) {
      return MatchRule.NO_FRIENDS;
    }
    return gallery.in(spaceId).isEmpty() ? MatchRule.OTHER_SPACE : MatchRule.INVALID_EMBEDDING;
  }
}
