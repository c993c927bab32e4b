package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of one photo of a job, each fact set once whatever the order of events. State
 * and counts are derived from the facts, never kept beside them.
 *
 * @param queued true once its task was seen and taken into the job: only then it counts
 * @param settled outcome that ingest found; null when none or not known yet
 * @param faces faces found by detection; null before
 * @param match who is on it; null before
 * @param dead why it could not be detected or matched; null when nobody said so
 * @param undeliverable why delivery could not read the match; null when nobody said so
 * @param pairs by friend what delivery said last
 */
record PhotoFacts(
    boolean queued,
    @Nullable FailureCode settled,
    @Nullable Integer faces,
    @Nullable Match match,
    @Nullable FailureCode dead,
    @Nullable FailureCode undeliverable,
    NavigableMap<String, Pair> pairs) {

  /** Nothing known. */
  static final PhotoFacts NONE =
      new PhotoFacts(false, null, null, null, null, null, new TreeMap<>());

  /** The answer of match with the highest rematch number. */
  record Match(long rematch, int faces, List<JobEvent.Person> people) {}

  /** What delivery said with the highest number. */
  record Pair(int seq, DeliveryState state) {}

  /** Where the photo stands. */
  PhotoState state() {
    if (settled != null) {
      return settled == FailureCode.DUPLICATE ? PhotoState.DUPLICATE : PhotoState.FAILED;
    }
    if (match != null) {
      return matched(match);
    }
    if (dead != null) {
      return PhotoState.FAILED;
    }
    return faces == null ? PhotoState.QUEUED : PhotoState.DETECTED;
  }

  private static PhotoState matched(Match match) {
    if (!match.people().isEmpty()) {
      return PhotoState.MATCHED;
    }
    return match.faces() == 0 ? PhotoState.NO_FACE : PhotoState.NO_MATCH;
  }

  /** State of every pair of this photo, by friend. */
  Map<String, DeliveryState> deliveries() {
    var states = new TreeMap<String, DeliveryState>();
    if (match != null && state() == PhotoState.MATCHED) {
      match.people().forEach(person -> states.put(person.friendId(), delivery(person)));
    }
    return states;
  }

  private DeliveryState delivery(JobEvent.Person person) {
    var said = pairs.get(person.friendId());
    if (said != null) {
      return said.state();
    }
    if (undeliverable != null) {
      return DeliveryState.FAILED;
    }
    return person.sure() ? DeliveryState.PLANNED : DeliveryState.HELD;
  }

  /** What this photo adds to its job's counts; nothing before its task was taken. */
  Tally tally() {
    if (!queued) {
      return Tally.ZERO;
    }
    var deliveries = deliveries();
    var found = faces != null ? faces : match != null ? match.faces() : 0;
    var answered = (int) deliveries.keySet().stream().filter(pairs::containsKey).count();
    return Tally.of(state(), found, deliveries.values(), answered);
  }

  PhotoFacts withTask(@Nullable FailureCode outcome) {
    return queued ? this : new PhotoFacts(true, outcome, faces, match, dead, undeliverable, pairs);
  }

  PhotoFacts withFaces(int found) {
    return faces != null
        ? this
        : new PhotoFacts(queued, settled, found, match, dead, undeliverable, pairs);
  }

  /** A repeat, or an older answer, changes nothing. */
  PhotoFacts withMatch(Match answer) {
    return match != null && match.rematch() >= answer.rematch()
        ? this
        : new PhotoFacts(queued, settled, faces, answer, dead, undeliverable, pairs);
  }

  /** Of several causes the one that the enum names first stays, in whatever order they come. */
  PhotoFacts withDead(FailureCode code) {
    return new PhotoFacts(queued, settled, faces, match, first(dead, code), undeliverable, pairs);
  }

  PhotoFacts withUndeliverable(FailureCode code) {
    return new PhotoFacts(queued, settled, faces, match, dead, first(undeliverable, code), pairs);
  }

  PhotoFacts withDelivery(String friendId, Pair said) {
    var known = pairs.get(friendId);
    if (known != null && known.seq() >= said.seq()) {
      return this;
    }
    var more = new TreeMap<>(pairs);
    more.put(friendId, said);
    return new PhotoFacts(queued, settled, faces, match, dead, undeliverable, more);
  }

  private static FailureCode first(@Nullable FailureCode known, FailureCode code) {
    return known == null || code.compareTo(known) < 0 ? code : known;
  }
}
