package facesort.state.readmodel;

import facesort.schemas.Cleanup;
import facesort.schemas.DeliveryDone;
import facesort.schemas.FacesDetected;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.JobControl;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.service.sql.BatchHandler;
import facesort.service.sql.ReadEvent;
import io.r2dbc.spi.Connection;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Which event becomes which rows. Each topic writes its own columns and only over what is older, so
 * neither the order of topics nor a repeat matters.
 */
final class ReadModelWriter implements BatchHandler {

  /** What is read. */
  static final List<Topic<?>> TOPICS =
      List.of(
          Topics.TASK_QUEUED,
          Topics.TASK_QUEUED_INTERACTIVE,
          Topics.FACES_DETECTED,
          Topics.MATCH_RESULT,
          Topics.DELIVERY_DONE,
          Topics.CLEANUP,
          Topics.JOB_CONTROL,
          Topics.JOB_STATUS,
          Topics.FRIEND_PROFILE,
          Topics.FRIEND_GALLERY,
          Topics.WORKER_HEARTBEAT);

  /** Not a topic: stands for where the topology's own dead letters come from. */
  private static final Topic<JobStatus> TOPOLOGY =
      new Topic<>(
          Topics.PROJECTOR_DEAD_LETTERS.replace("-dlt", ""),
          JobStatus.class,
          "job_id",
          Topics.JOB_STATUS.partitions(),
          Topics.JOB_STATUS.retention(),
          false);

  /** Whose dead letters are read: everybody's. */
  static final List<Topic<?>> DEAD_LETTERS_OF =
      Stream.concat(Topics.ALL.stream(), Stream.of(TOPOLOGY)).toList();

  @Override
  public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
    var rows = new SqlRows();
    events.forEach(event -> write(event, rows));
    return rows.send(connection);
  }

  private static void write(ReadEvent event, SqlRows rows) {
    if (event.isDeadLetter()) {
      FailureRows.write(event, rows);
      HistoryRows.writeDead(event, rows);
      return;
    }
    var record = event.record();
    switch (event.value()) {
      case TaskQueued task -> {
        PhotoRows.write(task, record, rows);
        HistoryRows.write(task, event, rows);
      }
      case FacesDetected faces -> {
        PhotoRows.write(faces, record, rows);
        HistoryRows.write(faces, event, rows);
      }
      case MatchResult match -> {
        PhotoRows.write(match, record, rows);
        HistoryRows.write(match, event, rows);
      }
      case DeliveryDone done -> {
        PhotoRows.write(done, rows);
        HistoryRows.write(done, event, rows);
      }
      case JobStatus status -> {
        JobRows.write(status, record, rows);
        HistoryRows.write(status, event, rows);
      }
      case Cleanup cleanup -> HistoryRows.write(cleanup, event, rows);
      case JobControl control -> HistoryRows.write(control, event, rows);
      case FriendProfile profile -> FriendRows.write(profile, record, rows);
      case FriendGallery gallery -> FriendRows.write(gallery, record, rows);
      case WorkerHeartbeat heartbeat -> WorkerRows.write(heartbeat, record, rows);
      case null -> removed(event, rows);
      default -> throw new IllegalArgumentException("not ours to read: " + event.topic().name());
    }
  }

  private static void removed(ReadEvent event, SqlRows rows) {
    if (event.topic().equals(Topics.JOB_STATUS)) {
      JobRows.remove(event.key(), rows);
    } else if (event.topic().equals(Topics.FRIEND_PROFILE)) {
      FriendRows.removeProfile(event.key(), rows);
    } else if (event.topic().equals(Topics.FRIEND_GALLERY)) {
      FriendRows.removeGallery(event.key(), rows);
    } else if (event.topic().equals(Topics.WORKER_HEARTBEAT)) {
      WorkerRows.remove(event.key(), rows);
    }
  }
}
