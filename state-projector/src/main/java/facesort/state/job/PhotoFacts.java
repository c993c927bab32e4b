package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything known of one photo of a job in the run in which it was last queued, each fact set once
 * whatever the order of events. State and counts are derived from the facts and the ends of the
 * job's runs, never kept beside them.
 *
 * @param queued true once its task was seen and taken into the job: only then it counts
 * @param run 0, or the run in which it was last queued again
 * @param settled outcome that ingest found; null when none or not known yet
 * @param faces faces found by detection; null before
 * @param match who is on it; null before
 * @param deaths why it could not be detected or matched; empty when nobody said so
 * @param undeliverable why delivery could not read the match; null when nobody said so
 * @param pairs by friend what delivery said last
 */
record PhotoFacts(
    boolean queued,
    int run,
    @Nullable FailureCode settled,
    @Nullable Integer faces,
    @Nullable Match match,
    List<Cause> deaths,
    @Nullable FailureCode undeliverable,
    NavigableMap<String, Pair> pairs) {

  /** Nothing known. */
  static final PhotoFacts NONE =
      new PhotoFacts(false, 0, null, null, null, List.of(), null, new TreeMap<>());

  /** More causes than this tell nobody more. */
  private static final int CAUSES_KEPT = 4;

  /** The answer of match with the highest rematch number. */
  record Match(long rematch, int faces, List<JobEvent.Person> people) {}

  /** What delivery said with the highest number. */
  record Pair(int seq, DeliveryState state) {}

  /** Why a photo failed, and what failures of that cause share. */
  record Cause(FailureCode code, String signature) {

    private static final Comparator<Cause> ORDER =
        Comparator.comparing(Cause::code).thenComparing(Cause::signature);

    private static Cause of(FailureCode code) {
      return new Cause(code, FailureSignature.of(code.name(), null, null));
    }
  }

  /** Where the photo stands. */
  PhotoState state(Runs runs) {
    if (settled != null) {
      return settled == FailureCode.DUPLICATE ? PhotoState.DUPLICATE : PhotoState.FAILED;
    }
    if (match != null) {
      return matched(match);
    }
    if (!deaths.isEmpty()) {
      return PhotoState.FAILED;
    }
    var end = runs.endOf(run);
    if (end != null && end.state() == JobState.CANCELLED) {
      return PhotoState.CANCELLED;
    }
    if (end != null && end.state() == JobState.FAILED) {
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

  /** True when it was not finished and another run could finish it. */
  boolean mayRunAgain(Runs runs) {
    if (!queued || settled != null) {
      return false;
    }
    var state = state(runs);
    return state == PhotoState.FAILED || state == PhotoState.CANCELLED;
  }

  /** Why it is FAILED or CANCELLED; empty when it is neither. */
  List<Cause> causes(Runs runs) {
    if (!deaths.isEmpty()) {
      return deaths;
    }
    var end = runs.endOf(run);
    if (end == null) {
      return List.of();
    }
    if (end.state() == JobState.CANCELLED) {
      return List.of(Cause.of(FailureCode.CANCELLED));
    }
    return end.failure() == null ? List.of() : List.of(Cause.of(end.failure()));
  }

  /** State of every pair of this photo, by friend. */
  Map<String, DeliveryState> deliveries() {
    if (match == null || settled != null || match.people().isEmpty()) {
      return Map.of();
    }
    var states = new TreeMap<String, DeliveryState>();
    match.people().forEach(person -> states.put(person.friendId(), delivery(person)));
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
  Tally tally(Runs runs) {
    if (!queued) {
      return Tally.ZERO;
    }
    var deliveries = deliveries();
    var found = faces != null ? faces : match != null ? match.faces() : 0;
    var answered = (int) deliveries.keySet().stream().filter(pairs::containsKey).count();
    return Tally.of(state(runs), found, deliveries.values(), answered);
  }

  /** Queued again: what an earlier run found out about it is forgotten. */
  PhotoFacts again(int next) {
    return new PhotoFacts(true, next, null, null, null, List.of(), null, pairs);
  }

  PhotoFacts withTask(@Nullable FailureCode outcome) {
    return queued
        ? this
        : new PhotoFacts(true, run, outcome, faces, match, deaths, undeliverable, pairs);
  }

  PhotoFacts withFaces(int found) {
    return faces != null
        ? this
        : new PhotoFacts(queued, run, settled, found, match, deaths, undeliverable, pairs);
  }

  /** A repeat, or an older answer, changes nothing. */
  PhotoFacts withMatch(Match answer) {
    return match != null && match.rematch() >= answer.rematch()
        ? this
        : new PhotoFacts(queued, run, settled, faces, answer, deaths, undeliverable, pairs);
  }

  /** Of many causes the same few stay, in whatever order they come. */
  PhotoFacts withDeath(Cause cause) {
    var known =
        Stream.concat(deaths.stream(), Stream.of(cause))
            .distinct()
            .sorted(Cause.ORDER)
            .limit(CAUSES_KEPT)
            .toList();
    return new PhotoFacts(queued, run, settled, faces, match, known, undeliverable, pairs);
  }

  /** Of several causes the one that the enum names first stays, in whatever order they come. */
  PhotoFacts withUndeliverable(FailureCode code) {
    var first = undeliverable == null || code.compareTo(undeliverable) < 0 ? code : undeliverable;
    return new PhotoFacts(queued, run, settled, faces, match, deaths, first, pairs);
  }

  PhotoFacts withDelivery(String friendId, Pair said) {
    var known = pairs.get(friendId);
    if (known != null && known.seq() >= said.seq()) {
      return this;
    }
    var more = new TreeMap<>(pairs);
    more.put(friendId, said);
    return new PhotoFacts(queued, run, settled, faces, match, deaths, undeliverable, more);
  }
}
