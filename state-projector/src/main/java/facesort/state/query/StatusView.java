package facesort.state.query;

import facesort.schemas.CommandAnswer;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.state.readmodel.StatusCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job as its status alone shows it, without the database. Pure. */
public final class StatusView {

  private StatusView() {}

  /** The job. */
  public static JobView of(JobStatus status, SettledLately lately, Instant now) {
    var photos = status.getPhotos();
    var pace = pace(status, lately, now);
    return new JobView(
        status.getJobId(),
        status.getOwnerId(),
        status.getName(),
        status.getState().name(),
        status.getFailure() == null ? null : status.getFailure().name(),
        status.getRelease().name(),
        status.getClosed(),
        status.getRun(),
        status.getTotal() == null ? photos.getSubmitted() : status.getTotal(),
        StatusCounts.of(photos),
        status.getFaces(),
        StatusCounts.of(status.getDeliveries()),
        status.getCleanupRequests(),
        status.getCommands().stream().map(StatusView::command).toList(),
        status.getSubmittedAt(),
        status.getOccurredAt(),
        status.getFinishedAt(),
        pace.perSecond(),
        pace.etaSeconds(),
        pace.basis(),
        List.of());
  }

  private static Pace pace(JobStatus status, SettledLately lately, Instant now) {
    var photos = status.getPhotos();
    var inFlight = photos.getInFlight();
    var left = left(status.getState(), status.getTotal(), photos.getSubmitted(), inFlight);
    var until = inFlight == 0 ? status.getOccurredAt() : now;
    var spent =
        status.getSubmittedAt() == null ? null : Duration.between(status.getSubmittedAt(), until);
    var progress = new Pace.Progress(photos.getSubmitted() - inFlight, left, spent);
    return Pace.of(progress, lately.of(status.getJobId(), now), status.getRun());
  }

  /** Photos that are not settled; null while nobody knows how many there will be. */
  static @Nullable Integer left(
      JobState state, @Nullable Integer total, int submitted, int inFlight) {
    return switch (state) {
      case COMPLETED, CANCELLED, FAILED -> inFlight;
      case UNKNOWN, QUEUED, RUNNING, MATCHED, DELIVERING, CLEANING ->
          total == null ? null : inFlight + Math.max(0, total - submitted);
    };
  }

  private static JobView.Command command(CommandAnswer answer) {
    return new JobView.Command(
        answer.getEventId(),
        answer.getCommand().name(),
        answer.getAnswer().name(),
        answer.getCode() == null ? null : answer.getCode().name(),
        answer.getRun(),
        answer.getPhotos(),
        answer.getMessage());
  }
}
