package facesort.delivery.ledger;

import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.service.ObjectKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** What one {@code match.result} means for the ledger. Pure. */
sealed interface Plan {

  /**
   * The pairs it asks for, none when nobody was recognised.
   *
   * @param pairs at most one for a friend
   */
  record Pairs(List<PlannedPair> pairs) implements Plan {}

  /**
   * A record that breaks the contract: it belongs in the dead-letter topic.
   *
   * @param code why, for programs
   * @param message why, for people
   */
  record Invalid(FailureCode code, String message) implements Plan {}

  /** Reads the record; the first broken rule decides. */
  static Plan of(MatchResult match) {
    if (!Stream.of(match.getJobId(), match.getOwnerId(), match.getPhotoId())
        .allMatch(EventIds::isValid)) {
      return new Invalid(FailureCode.INVALID_EVENT, "job, owner or photo id is not an id");
    }
    if (!ObjectKeys.belongsTo(match.getOwnerId(), match.getSource().getKey())) {
      return new Invalid(FailureCode.SOURCE_FORBIDDEN, "the photo is not in the owner's part");
    }
    var pairs = new LinkedHashMap<String, PlannedPair>();
    for (MatchedFace face : match.getFaces()) {
      if (!asks(face.getDecision())) {
        continue;
      }
      if (face.getFriendId() == null || !EventIds.isValid(face.getFriendId())) {
        return new Invalid(
            FailureCode.INVALID_EVENT, "face %d has no friend id".formatted(face.getIndex()));
      }
      pairs.merge(face.getFriendId(), pair(match, face, face.getFriendId()), Plan::better);
    }
    return new Pairs(new ArrayList<>(pairs.values()));
  }

  private static boolean asks(MatchDecision decision) {
    return switch (decision) {
      case MATCHED, REVIEW -> true;
      case NO_MATCH, SKIPPED, UNKNOWN -> false;
    };
  }

  private static PlannedPair pair(MatchResult match, MatchedFace face, String friendId) {
    var matched = face.getDecision() == MatchDecision.MATCHED;
    return new PlannedPair(
        new PairKey(match.getJobId(), match.getPhotoId(), friendId),
        match.getOwnerId(),
        match.getRun(),
        match.getRematch(),
        matched ? DeliveryState.PLANNED : DeliveryState.HELD,
        face.getScore() == null ? 0 : face.getScore(),
        match.getSource(),
        match.getFilename(),
        match.getMediaType(),
        match.getPosition());
  }

  /** A friend found twice on a photo gets it once: sure before unsure, then the higher score. */
  private static PlannedPair better(PlannedPair a, PlannedPair b) {
    if (a.state() != b.state()) {
      return a.state() == DeliveryState.PLANNED ? a : b;
    }
    return a.score() >= b.score() ? a : b;
  }
}
