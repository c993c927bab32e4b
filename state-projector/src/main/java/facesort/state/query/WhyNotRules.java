package facesort.state.query;

import facesort.state.query.Evidence.Face;
import facesort.state.query.Evidence.Match;
import facesort.state.query.Evidence.Pair;
import facesort.state.query.Evidence.Photo;
import facesort.state.query.ExplainView.Place;
import facesort.state.query.ExplainView.WhyNot;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules that can stop a photo on its way to a friend, in the order of that way: the first that
 * holds is the answer. Pure.
 */
final class WhyNotRules {

  private final Evidence evidence;

  WhyNotRules(Evidence evidence) {
    this.evidence = evidence;
  }

  /** The first rule that stopped it; empty when none did. */
  Optional<WhyNot> first() {
    var photo = evidence.photo();
    if (photo == null || photo.state() == null) {
      return said("NOT_QUEUED", "no task.queued names this photo in the job", null);
    }
    var stopped = photoStopped(photo, photo.state());
    if (stopped.isPresent() || evidence.friendId() == null) {
      return stopped;
    }
    var match = Objects.requireNonNull(photo.match(), "a photo that is MATCHED has a match");
    var pair = evidence.pair();
    return pair == null
        ? Optional.of(notDecided(photo, match, evidence.friendId()))
        : delivery(photo, match, pair, evidence.friendId());
  }

  private Optional<WhyNot> photoStopped(Photo photo, String state) {
    return switch (state) {
      case "DUPLICATE" ->
          said(
              "DUPLICATE",
              "same bytes as photo %s of the job".formatted(photo.duplicateOf()),
              photo.task());
      case "FAILED" -> Optional.of(failed(photo));
      case "CANCELLED" ->
          said("CANCELLED", "the job was cancelled before this photo was settled", photo.task());
      case "QUEUED" -> said("WAITS_FOR_DETECTION", "its task was not worked on yet", photo.task());
      case "DETECTED" ->
          said("WAITS_FOR_MATCH", "its faces were not compared yet", photo.detected());
      case "NO_FACE" -> said("NO_FACE", "no face was found on it", photo.matched());
      case "NO_MATCH" -> noMatch(photo);
      default -> Optional.empty();
    };
  }

  private WhyNot failed(Photo photo) {
    if (photo.settled() != null) {
      return WhyNot.of(
          photo.settled(), "ingest refused it" + message(photo.settledMessage()), photo.task());
    }
    var dead = photo.dead();
    if (dead != null) {
      return WhyNot.of(
          dead.code(), "it became a dead letter" + message(dead.message()), dead.place());
    }
    return WhyNot.of(
        "JOB_FAILED",
        "the job failed (%s) before this photo was settled".formatted(evidence.job().failure()),
        photo.task());
  }

  /** Nobody is on it: for a friend that is asked for, the friend's own reason is the better one. */
  private Optional<WhyNot> noMatch(Photo photo) {
    var match = Objects.requireNonNull(photo.match(), "a photo with NO_MATCH has a match");
    if (match.faces().stream().allMatch(face -> face.skipped() != null)) {
      return Optional.of(facesSkipped(photo, match));
    }
    return evidence.friendId() == null
        ? said(
            "NO_FRIEND_ACCEPTED",
            "none of its %d faces is a friend's".formatted(match.faces().size()),
            photo.matched())
        : Optional.of(notDecided(photo, match, evidence.friendId()));
  }

  private static WhyNot facesSkipped(Photo photo, Match match) {
    var codes =
        match.faces().stream()
            .map(Face::skipped)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return WhyNot.of("FACE_SKIPPED", "no face could be compared: " + codes, photo.matched());
  }

  /** Why match did not bring photo and friend together. */
  private WhyNot notDecided(Photo photo, Match match, String friendId) {
    var face = evidence.face(friendId).orElse(null);
    return face == null ? neverCompared(photo, match) : compared(photo, match, face, friendId);
  }

  private WhyNot neverCompared(Photo photo, Match match) {
    var friend = evidence.friend();
    if (match.faces().stream().allMatch(face -> face.skipped() != null)) {
      return facesSkipped(photo, match);
    }
    if (friend == null) {
      return WhyNot.of("UNKNOWN_FRIEND", "the owner has no such friend", null);
    }
    if (!friend.consent()) {
      return WhyNot.of("NO_CONSENT", "the friend did not consent", null);
    }
    var gallery = friend.gallery();
    if (gallery != null && gallery.state().equals("REFUSED")) {
      return WhyNot.of(
          "GALLERY_REFUSED", "enrolment took none of the references: " + gallery.code(), null);
    }
    if (gallery == null || match.galleryLate()) {
      return WhyNot.of(
          "GALLERY_LATE", "the friend was not enrolled when it was matched", photo.matched());
    }
    return WhyNot.of(
        "NOT_A_CANDIDATE",
        "of %d friends compared, others look more like each of its faces; the five nearest of a"
                .formatted(match.comparedFriends())
            + " face are recorded",
        photo.matched());
  }

  private static WhyNot compared(Photo photo, Match match, Face face, String friendId) {
    var score = face.candidate(friendId).map(Evidence.Candidate::score).orElse(-1f);
    if (score < match.reviewFrom()) {
      return WhyNot.of(
          "BELOW_REVIEW_BAND",
          "the best score is %s on face %d, below %s: nobody is asked about it"
              .formatted(number(score), face.face(), number(match.reviewFrom())),
          photo.matched());
    }
    if (face.friendId() != null && !face.friendId().equals(friendId)) {
      return WhyNot.of(
          "OTHER_FRIEND_ON_FACE",
          "face %d is %s's; this friend's score is %s"
              .formatted(face.face(), face.friendId(), number(score)),
          photo.matched());
    }
    return WhyNot.of(
        face.rule(),
        "face %d with score %s was decided %s"
            .formatted(face.face(), number(score), face.decision()),
        photo.matched());
  }

  private Optional<WhyNot> delivery(Photo photo, Match match, Pair pair, String friendId) {
    var state = pair.state();
    if (state == null) {
      return Optional.of(notClosed(photo, match, pair, friendId));
    }
    var done = place("delivery.done");
    return switch (state) {
      case "SENT" -> Optional.empty();
      case "DROPPED" ->
          said(
              Objects.requireNonNullElse(pair.cause(), "DROPPED"),
              "delivery dropped it" + message(pair.message()),
              done);
      case "REFUSED", "FAILED" ->
          said(
              "DELIVERY_" + state,
              "%s%s"
                  .formatted(
                      Objects.requireNonNullElse(pair.code(), state), message(pair.message())),
              done);
      case "UNKNOWN" -> said("DELIVERY_UNKNOWN", "it was sent, and the answer was lost", done);
      case "RECALLED" -> said("RECALLED", "it was sent, and recalled", done);
      default -> said("DELIVERY_" + state, "delivery says " + state, done);
    };
  }

  private WhyNot notClosed(Photo photo, Match match, Pair pair, String friendId) {
    var job = evidence.job();
    var unreadable = evidence.unreadable();
    if (unreadable != null) {
      return WhyNot.of(
          "DELIVERY_FAILED",
          "delivery could not read the match: " + unreadable.code(),
          unreadable.place());
    }
    if (pair.decision().equals("REVIEW")) {
      return review(photo, match, friendId);
    }
    var friend = evidence.friend();
    if (friend == null || !friend.consent()) {
      return WhyNot.of("NO_CONSENT", "the friend does not consent (any more)", null);
    }
    return switch (job.state()) {
      case "QUEUED", "RUNNING" ->
          WhyNot.of(
              "JOB_NOT_MATCHED",
              "%d photos of the job are in flight; albums go out when none is"
                  .formatted(job.photos().getOrDefault("in_flight", 0)),
              null);
      case "CANCELLED", "FAILED" ->
          WhyNot.of("JOB_" + job.state(), "nothing of the job goes out; RESUME would", null);
      default -> waits(job, photo);
    };
  }

  private static WhyNot waits(JobView job, Photo photo) {
    var released =
        job.commands().stream()
            .anyMatch(said -> said.command().equals("RELEASE") && said.answer().equals("ACCEPTED"));
    return job.release().equals("REVIEW") && !released
        ? WhyNot.of("WAITS_FOR_RELEASE", "the owner wants to release the job's albums", null)
        : WhyNot.of("DELIVERY_WAITS", "delivery has it and has not closed it yet", photo.matched());
  }

  private WhyNot review(Photo photo, Match match, String friendId) {
    var face = evidence.face(friendId);
    var rule = face.map(Face::rule).orElse("IN_REVIEW_BAND");
    var score = face.map(Face::score).orElse(null);
    var margin = face.map(Face::runnerUpMargin).orElse(null);
    var text =
        switch (rule) {
          case "IN_REVIEW_BAND" ->
              "score %s is below %s: the owner decides"
                  .formatted(number(score), number(match.threshold()));
          case "MARGIN_TOO_SMALL" ->
              "score %s is only %s better than the next friend's, less than %s: the owner decides"
                  .formatted(number(score), number(margin), number(match.margin()));
          default -> "it is not the friend's beyond doubt: the owner decides";
        };
    return WhyNot.of(rule, text, photo.matched());
  }

  private @Nullable Place place(String topic) {
    return evidence
        .newest(topic)
        .map(event -> new Place(event.topic(), event.partition(), event.offset()))
        .orElse(null);
  }

  private static Optional<WhyNot> said(String rule, String text, @Nullable Place place) {
    return Optional.of(WhyNot.of(rule, text, place));
  }

  private static String number(@Nullable Float value) {
    return value == null ? "none" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String message(@Nullable String message) {
    return message == null ? "" : ": " + message;
  }
}
