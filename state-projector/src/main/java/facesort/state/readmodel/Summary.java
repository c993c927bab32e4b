package facesort.state.readmodel;

import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.DeliveryDone;
import facesort.schemas.FacesDetected;
import facesort.schemas.JobControl;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskQueued;
import facesort.service.DeadLetters;
import facesort.state.job.TextHeaders;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** An event in one line, for people. */
final class Summary {

  private Summary() {}

  static String of(TaskQueued task) {
    if (task.getSettled() == null) {
      return task.getRun() == 0 ? "queued" : "queued again, run " + task.getRun();
    }
    return "settled at submission: " + task.getSettled() + more(" of ", task.getDuplicateOf());
  }

  static String of(FacesDetected faces) {
    var skipped = faces.getFaces().stream().filter(face -> face.getSkipped() != null).count();
    return "%d faces found, %d of them skipped".formatted(faces.getFaces().size(), skipped);
  }

  static String of(MatchResult match) {
    var faces = match.getFaces();
    return "%d faces: %d matched, %d to review, %d friends compared"
        .formatted(
            faces.size(),
            faces.stream().filter(face -> face.getDecision() == MatchDecision.MATCHED).count(),
            faces.stream().filter(face -> face.getDecision() == MatchDecision.REVIEW).count(),
            match.getComparedFriends());
  }

  static String of(DeliveryDone done) {
    return "%s by %s%s%s"
        .formatted(
            done.getState(),
            done.getChannel(),
            more(": ", done.getCause()),
            more(": ", done.getCode()));
  }

  static String of(Cleanup cleanup) {
    return cleanup.getKind() == CleanupKind.DONE
        ? "cleanup %d done%s, %d originals left"
            .formatted(
                cleanup.getSeq(),
                more(", objects deleted: ", cleanup.getDeletedObjects()),
                cleanup.getKept().size())
        : "cleanup %d asked for, %d originals to keep"
            .formatted(cleanup.getSeq(), cleanup.getKept().size());
  }

  static String of(JobControl control) {
    var submit = control.getSubmit();
    return control.getCommand()
        + (submit == null
            ? ""
            : " of %d photos, release %s".formatted(submit.getTotal(), submit.getRelease()))
        + more(": ", control.getReason());
  }

  static String of(JobStatus status) {
    var photos = status.getPhotos();
    return "%s%s, run %d, %d of %d photos settled"
        .formatted(
            status.getState(),
            more(" ", status.getFailure()),
            status.getRun(),
            photos.getSubmitted() - photos.getInFlight(),
            photos.getSubmitted());
  }

  /** Of a dead letter. */
  static String ofDead(Headers headers) {
    return TextHeaders.code(headers) + more(": ", TextHeaders.text(headers, DeadLetters.MESSAGE));
  }

  private static String more(String between, @Nullable Object value) {
    return value == null ? "" : between + value;
  }
}
