package facesort.state.query;

import facesort.state.query.Evidence.Face;
import facesort.state.query.Evidence.Match;
import facesort.state.query.Evidence.Photo;
import facesort.state.query.ExplainView.Place;
import facesort.state.query.ExplainView.Step;
import facesort.state.query.ExplainView.WhyNot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a photo's way from its evidence. Pure. */
final class Explanation {

  private static final Set<String> WAITING =
      Set.of("WAITS_FOR_DETECTION", "WAITS_FOR_MATCH", "JOB_NOT_MATCHED", "DELIVERY_WAITS");

  private final Evidence evidence;
  private final List<Step> steps = new ArrayList<>();

  private Explanation(Evidence evidence) {
    this.evidence = evidence;
  }

  static ExplainView of(Evidence evidence) {
    var told = new Explanation(evidence);
    told.tell();
    var whyNot = new WhyNotRules(evidence).first();
    return new ExplainView(
        evidence.job().jobId(),
        evidence.photoId(),
        evidence.friendId(),
        verdict(evidence, whyNot),
        whyNot.orElse(null),
        told.steps);
  }

  private static String verdict(Evidence evidence, Optional<WhyNot> whyNot) {
    var friend = evidence.friendId() != null;
    if (whyNot.isEmpty()) {
      return friend ? "SENT" : "MATCHED";
    }
    var rule = whyNot.get().rule();
    if (WAITING.contains(rule)) {
      return "WAITING";
    }
    if (rule.equals("RECALLED")) {
      return rule;
    }
    var pair = evidence.pair();
    var held = pair != null && pair.state() == null && pair.decision().equals("REVIEW");
    if (rule.equals("WAITS_FOR_RELEASE") || (held && evidence.unreadable() == null)) {
      return "HELD";
    }
    return friend ? "NOT_SENT" : "NOT_MATCHED";
  }

  private void tell() {
    submitted();
    var photo = evidence.photo();
    if (photo == null) {
      return;
    }
    queued(photo);
    detected(photo);
    failed(photo);
    matched(photo);
    decided(photo);
    delivered();
  }

  private void submitted() {
    evidence.events().stream()
        .filter(event -> event.topic().equals("job.control"))
        .findFirst()
        .ifPresent(event ->
            steps.add(
                Step.of(
                    "submitted",
                    event.summary(),
                    new Place(event.topic(), event.partition(), event.offset()),
                    event.at(),
                    facts("release", evidence.job().release()))));
  }

  private void queued(Photo photo) {
    if (photo.task() != null) {
      var text =
          photo.settled() == null
              ? "queued in run " + photo.run()
              : "settled by ingest: " + photo.settled();
      var facts =
          facts(
              "run",
              photo.run(),
              "filename",
              photo.filename(),
              "settled",
              photo.settled(),
              "duplicate_of",
              photo.duplicateOf());
      steps.add(Step.of("queued", text, photo.task(), photo.queuedAt(), facts));
    }
  }

  private void detected(Photo photo) {
    if (photo.faces() != null) {
      var facts =
          facts("faces", photo.faces(), "skipped", photo.skipped(), "millis", photo.detectMillis());
      steps.add(
          Step.of(
              "detected",
              photo.faces() + " faces found",
              photo.detected(),
              photo.detectedAt(),
              facts));
    }
  }

  private void failed(Photo photo) {
    var dead = photo.dead();
    if (dead != null) {
      steps.add(
          Step.of(
              "failed",
              "dead letter " + dead.code(),
              dead.place(),
              dead.at(),
              facts("code", dead.code(), "message", dead.message())));
    }
  }

  private void matched(Photo photo) {
    var match = photo.match();
    if (match != null) {
      var facts =
          facts(
              "threshold", match.threshold(),
              "margin", match.margin(),
              "review_from", match.reviewFrom(),
              "compared_friends", match.comparedFriends(),
              "gallery_late", match.galleryLate(),
              "faces", match.faces());
      var text =
          "%d faces compared with %d friends"
              .formatted(match.faces().size(), match.comparedFriends());
      steps.add(Step.of("matched", text, photo.matched(), photo.matchedAt(), facts));
    }
  }

  private void decided(Photo photo) {
    var friend = evidence.friendId();
    var match = photo.match();
    if (friend != null && match != null) {
      evidence.face(friend).ifPresent(face -> steps.add(decision(photo, match, face, friend)));
    }
  }

  private static Step decision(Photo photo, Match match, Face face, String friend) {
    var facts =
        facts(
            "face", face.face(),
            "decision", face.decision(),
            "rule", face.rule(),
            "friend_id", face.friendId(),
            "score", face.candidate(friend).map(Evidence.Candidate::score).orElse(face.score()),
            "threshold", match.threshold(),
            "runner_up_margin", face.runnerUpMargin(),
            "margin", match.margin());
    var text = "face %d: %s by rule %s".formatted(face.face(), face.decision(), face.rule());
    return Step.of("decided", text, photo.matched(), photo.matchedAt(), facts);
  }

  private void delivered() {
    var pair = evidence.pair();
    if (pair != null && pair.state() != null) {
      var facts =
          facts(
              "state", pair.state(),
              "cause", pair.cause(),
              "code", pair.code(),
              "message", pair.message(),
              "channel", pair.channel(),
              "album_id", pair.albumId(),
              "attempts", pair.attempts());
      steps.add(
          Step.of(
              "delivered",
              "delivery says " + pair.state(),
              place("delivery.done"),
              pair.closedAt(),
              facts));
    }
  }

  private @Nullable Place place(String topic) {
    return evidence
        .newest(topic)
        .map(event -> new Place(event.topic(), event.partition(), event.offset()))
        .orElse(null);
  }

  /** Names and values in turn; what is null is not told. */
  private static Map<String, Object> facts(@Nullable Object... namesAndValues) {
    var facts = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      var value = namesAndValues[i + 1];
      if (value != null) {
        facts.put(String.valueOf(namesAndValues[i]), value);
      }
    }
    return facts;
  }
}
