package facesort.state.readmodel;

import facesort.schemas.DeliveryDone;
import facesort.schemas.FacesDetected;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchResult;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.sql.BatchHandler;
import facesort.service.sql.ReadEvent;
import io.r2dbc.spi.Connection;
import java.util.List;
import reactor.core.publisher.Mono;

/** Which event becomes which rows. Each topic writes its own columns, so their order is all one. */
public final class ReadModelWriter implements BatchHandler {

  /** What is read. */
  public static final List<Topic<?>> TOPICS =
      List.of(
          Topics.TASK_QUEUED,
          Topics.TASK_QUEUED_INTERACTIVE,
          Topics.FACES_DETECTED,
          Topics.MATCH_RESULT,
          Topics.DELIVERY_DONE,
          Topics.JOB_STATUS,
          Topics.FRIEND_PROFILE,
          Topics.FRIEND_GALLERY);

  /** Whose dead letters are read: everybody's. */
  public static final List<Topic<?>> DEAD_LETTERS_OF = Topics.ALL;

  @Override
  public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
    var rows = new SqlRows();
    events.forEach(event -> write(event, rows));
    return rows.send(connection);
  }

  private static void write(ReadEvent event, SqlRows rows) {
    if (event.isDeadLetter()) {
      FailureRows.write(event, rows);
      return;
    }
    switch (event.value()) {
      case TaskQueued task -> PhotoRows.write(task, rows);
      case FacesDetected faces -> PhotoRows.write(faces, rows);
      case MatchResult match -> PhotoRows.write(match, rows);
      case DeliveryDone done -> PhotoRows.write(done, rows);
      case JobStatus status -> JobRows.write(status, rows);
      case FriendProfile profile -> FriendRows.write(profile, rows);
      case FriendGallery gallery -> FriendRows.write(gallery, rows);
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
    }
  }
}
