package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.ReleasePolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Events of one job as its topics would carry them; each has an origin of its own. */
final class JobEvents {

  static final long DEADLINE = 1_000_000_000L;

  private static final Raw BYTES = new Raw(new byte[] {0, 1, 2});

  private final String jobId;
  private final String ownerId;
  private final int run;
  private long offset;

  private JobEvents(String jobId, String ownerId, int run, long offset) {
    this.jobId = jobId;
    this.ownerId = ownerId;
    this.run = run;
    this.offset = offset;
  }

  static JobEvents of(String jobId) {
    return new JobEvents(jobId, "owner", 0, 0);
  }

  JobEvents by(String otherOwner) {
    return new JobEvents(jobId, otherOwner, run, offset);
  }

  /** Events of a later run, behind those that were made so far. */
  JobEvents in(int otherRun) {
    return new JobEvents(jobId, ownerId, otherRun, offset + 1_000L * otherRun);
  }

  JobEvent.TaskSeen task(String photo) {
    return task(photo, null);
  }

  JobEvent.TaskSeen task(String photo, @Nullable FailureCode settled) {
    return new JobEvent.TaskSeen(head("task.queued"), photo, null, settled, BYTES);
  }

  JobEvent.TaskSeen taskOf(String photo, int jobTotal) {
    return new JobEvent.TaskSeen(head("task.queued"), photo, jobTotal, null, BYTES);
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
    return cleaned(0);
  }

  JobEvent.CleanupSeen cleaned(int seq) {
    return new JobEvent.CleanupSeen(head("cleanup"), seq);
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
    return command(eventId, command, Selection.ALL);
  }

  JobEvent.Commanded command(String eventId, JobCommand command, Selection selection) {
    return new JobEvent.Commanded(head("job.control"), eventId, command, selection, null);
  }

  JobEvent.Commanded cancel(String eventId) {
    return command(eventId, JobCommand.CANCEL);
  }

  JobEvent.Commanded resume(String eventId) {
    return command(eventId, JobCommand.RESUME);
  }

  JobEvent.Commanded retry(String eventId, FailureCode... codes) {
    return command(
        eventId, JobCommand.RETRY, new Selection(new TreeSet<>(), Set.of(codes), Set.of()));
  }

  JobEvent.Commanded retryPhotos(String eventId, String... photos) {
    return command(
        eventId,
        JobCommand.RETRY,
        new Selection(new TreeSet<>(List.of(photos)), Set.of(), Set.of()));
  }

  JobEvent.Commanded retryOf(String eventId, String... signatures) {
    return command(
        eventId, JobCommand.RETRY, new Selection(new TreeSet<>(), Set.of(), Set.of(signatures)));
  }

  JobEvent.Died died(String source, @Nullable String photo, FailureCode code) {
    return new JobEvent.Died(head(source + "-dlt"), photo, source, code, "sig-" + code);
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
    var source = new JobEvent.Source(BYTES, null, null);
    return new JobEvent.Head(
        new Origin(topic, (int) (offset % 4), offset++), jobId, ownerId, run, source);
  }
}
