package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.ReleasePolicy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one job as its topics would carry them; each has an origin of its own. */
final class JobEvents {

  static final long DEADLINE = 1_000_000_000L;

  private final String jobId;
  private final String ownerId;
  private long offset;

  private JobEvents(String jobId, String ownerId) {
    this.jobId = jobId;
    this.ownerId = ownerId;
  }

  static JobEvents of(String jobId) {
    return new JobEvents(jobId, "owner");
  }

  JobEvents by(String otherOwner) {
    return new JobEvents(jobId, otherOwner);
  }

  JobEvent.TaskSeen task(String photo) {
    return task(photo, null);
  }

  JobEvent.TaskSeen task(String photo, @Nullable FailureCode settled) {
    return new JobEvent.TaskSeen(head("task.queued"), photo, null, settled, "AAEC");
  }

  JobEvent.TaskSeen taskOf(String photo, int jobTotal) {
    return new JobEvent.TaskSeen(head("task.queued"), photo, jobTotal, null, "AAEC");
  }

  JobEvent.FacesSeen faces(String photo, int faces) {
    return new JobEvent.FacesSeen(head("faces.detected"), photo, faces);
  }

  JobEvent.MatchSeen match(String photo, int faces, JobEvent.Person... people) {
    return new JobEvent.MatchSeen(head("match.result"), photo, 0, faces, List.of(people));
  }

  JobEvent.DeliverySeen delivery(String photo, String friend, int seq, DeliveryState state) {
    return new JobEvent.DeliverySeen(head("delivery.done"), photo, friend, seq, state);
  }

  JobEvent.CleanupSeen cleaned() {
    return new JobEvent.CleanupSeen(head("cleanup"), 0);
  }

  JobEvent.Submitted submit(int total) {
    return submit(total, ReleasePolicy.AUTO);
  }

  JobEvent.Submitted submit(int total, ReleasePolicy release) {
    return new JobEvent.Submitted(
        head("job.control"),
        new JobEvent.Submission("wedding", total, release, 1, DEADLINE, false, false));
  }

  JobEvent.Commanded command(String eventId, JobCommand command) {
    return new JobEvent.Commanded(head("job.control"), eventId, command);
  }

  JobEvent.Died died(String source, @Nullable String photo, FailureCode code) {
    return new JobEvent.Died(head(source + "-dlt"), photo, source, code);
  }

  static JobEvent.Person sure(String friend) {
    return new JobEvent.Person(friend, true);
  }

  static JobEvent.Person unsure(String friend) {
    return new JobEvent.Person(friend, false);
  }

  static List<JobEvent> list(JobEvent... events) {
    return Arrays.asList(events);
  }

  private JobEvent.Head head(String topic) {
    var source = new JobEvent.Source("a2V5", null, null);
    return new JobEvent.Head(
        new Origin(topic, (int) (offset % 4), offset++), jobId, ownerId, source);
  }
}
