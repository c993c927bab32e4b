package facesort.state.readmodel;

import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is kept of a match: what was decided and why, without boxes. */
final class MatchText {

  private MatchText() {}

  /** Of each friend the surest and then best face, by friend id. */
  static Collection<MatchedFace> people(MatchResult match) {
    var best = new TreeMap<String, MatchedFace>();
    for (var face : match.getFaces()) {
      var decided = face.getDecision();
      if (face.getFriendId() != null
          && (decided == MatchDecision.MATCHED || decided == MatchDecision.REVIEW)) {
        best.merge(face.getFriendId(), face, MatchText::better);
      }
    }
    return best.values();
  }

  private static MatchedFace better(MatchedFace one, MatchedFace other) {
    return Comparator.comparing(MatchedFace::getDecision)
                .reversed()
                .thenComparingDouble(face -> face.getScore() == null ? -1f : face.getScore())
                .compare(one, other)
            >= 0
        ? one
        : other;
  }

  /** Best score of each face that was compared. */
  static List<Float> scores(MatchResult match) {
    return match.getFaces().stream()
        .map(MatchText::bestScore)
        .filter(Objects::nonNull)
        .map(Float.class::cast)
        .toList();
  }

  private static @Nullable Float bestScore(MatchedFace face) {
    return face.getCandidates().stream()
        .map(MatchCandidate::getScore)
        .max(Float::compare)
        .orElse(face.getScore());
  }

  static String json(MatchResult match) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("threshold", match.getThreshold());
    fields.put("margin", match.getMargin());
    fields.put("review_from", match.getReviewFrom());
    fields.put("compared_friends", match.getComparedFriends());
    fields.put("gallery_late", match.getGalleryLate());
    fields.put("model_id", match.getModelId());
    fields.put("space_id", match.getSpaceId());
    fields.put("faces", match.getFaces().stream().map(MatchText::face).toList());
    return Texts.json(fields);
  }

  private static Map<String, @Nullable Object> face(MatchedFace face) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("face", face.getIndex());
    fields.put("decision", face.getDecision().name());
    fields.put("rule", face.getRule().name());
    fields.put("friend_id", face.getFriendId());
    fields.put("score", face.getScore());
    fields.put("runner_up_margin", face.getRunnerUpMargin());
    fields.put("skipped", Texts.of(face.getSkipped()));
    fields.put("candidates", face.getCandidates().stream().map(MatchText::candidate).toList());
    return fields;
  }

  private static Map<String, Object> candidate(MatchCandidate candidate) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("friend_id", candidate.getFriendId());
    fields.put("score", candidate.getScore());
    fields.put("exemplar", candidate.getExemplar());
    fields.put("profile_version", candidate.getProfileVersion());
    return fields;
  }
}
