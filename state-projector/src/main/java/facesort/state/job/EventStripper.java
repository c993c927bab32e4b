package facesort.state.job;

import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.DeliveryDone;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.JobSubmit;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.RegistryUnavailableException;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.schemas.UndecodableException;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Takes from an event what the fold needs, and leaves the rest behind: ids, counts, codes, friend
 * ids and the origin pass; embeddings, boxes and object keys do not. The value of a dead letter is
 * never decoded, its text headers say all there is to know.
 */
final class EventStripper {

  /** Topics by the names of those that take their dead letters. */
  private static final Map<String, String> SOURCES =
      Topics.ALL.stream().collect(Collectors.toMap(Topic::deadLetters, Topic::name));

  /** Dead letters of records that were refused because they are not part of the job. */
  private static final Set<FailureCode> NOT_OF_THE_JOB =
      Set.of(FailureCode.JOB_CLOSED, FailureCode.OWNER_MISMATCH);

  /** Topics whose records are about a job as a whole. */
  private static final Set<String> OF_A_JOB =
      Set.of(Topics.JOB_CONTROL.name(), Topics.CLEANUP.name());

  private final Events events;

  EventStripper(Events events) {
    this.events = events;
  }

  /** What became of a record. */
  sealed interface Stripped {

    /** The fold is to see it. */
    record Taken(JobEvent event) implements Stripped {}

    /** It says nothing about a job. */
    record Ignored(String why) implements Stripped {}

    /** It is a dead letter now. */
    record Rejected(DeadLetter why) implements Stripped {}
  }

  /**
   * Reads one record.
   *
   * @throws RegistryUnavailableException when its schema is not known and the registry is away
   */
  Stripped strip(ConsumerRecord<byte[], byte[]> record) {
    var source = SOURCES.get(record.topic());
    if (source != null) {
      return died(source, record);
    }
    try {
      return decoded(record);
    } catch (UndecodableException e) {
      return rejected(FailureCode.UNDECODABLE, String.valueOf(e.getMessage()));
    } catch (InvalidEventException e) {
      return new Stripped.Rejected(e.why());
    }
  }

  private Stripped decoded(ConsumerRecord<byte[], byte[]> record) {
    var topic =
        Topics.named(record.topic())
            .orElseThrow(() -> new IllegalStateException("not ours to read: " + record.topic()));
    var event = events.read(topic, record);
    if (record.key() == null) {
      return new Stripped.Rejected(
          DeadLetter.about(FailureCode.INVALID_EVENT, "a record without a key", event));
    }
    return switch (event) {
      case TaskQueued task -> taken(task(task, record));
      case FacesDetected faces -> taken(faces(faces, record));
      case MatchResult match -> taken(match(match, record));
      case DeliveryDone done -> taken(delivery(done, record));
      case Cleanup cleanup -> cleanup(cleanup, record);
      case JobControl control -> taken(control(control, record));
      default -> throw new IllegalStateException("not ours to read: " + record.topic());
    };
  }

  private static JobEvent task(TaskQueued task, ConsumerRecord<byte[], byte[]> record) {
    var head = head(task.getJobId(), task.getOwnerId(), task.getTaskId(), task.getRun(), record);
    return new JobEvent.TaskSeen(
        head,
        photo(task.getPhotoId(), head),
        task.getJobTotal(),
        task.getSettled(),
        new Raw(record.value()));
  }

  private static JobEvent faces(FacesDetected faces, ConsumerRecord<byte[], byte[]> record) {
    var head =
        head(faces.getJobId(), faces.getOwnerId(), faces.getTaskId(), faces.getRun(), record);
    return new JobEvent.FacesSeen(head, photo(faces.getPhotoId(), head), faces.getFaces().size());
  }

  private static JobEvent match(MatchResult match, ConsumerRecord<byte[], byte[]> record) {
    var head =
        head(match.getJobId(), match.getOwnerId(), match.getTaskId(), match.getRun(), record);
    return new JobEvent.MatchSeen(
        head,
        photo(match.getPhotoId(), head),
        match.getRematch(),
        match.getFaces().size(),
        people(match.getFaces(), head));
  }

  /** A friend seen on several faces counts once, and as sure when one of them is. */
  private static List<JobEvent.Person> people(List<MatchedFace> faces, JobEvent.Head head) {
    var sure = new TreeMap<String, Boolean>();
    for (var face : faces) {
      var decided = face.getDecision();
      if (decided == MatchDecision.MATCHED || decided == MatchDecision.REVIEW) {
        sure.merge(
            friend(face.getFriendId(), head), decided == MatchDecision.MATCHED, Boolean::logicalOr);
      }
    }
    return sure.entrySet().stream()
        .map(entry -> new JobEvent.Person(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static JobEvent delivery(DeliveryDone done, ConsumerRecord<byte[], byte[]> record) {
    var head = head(done.getJobId(), done.getOwnerId(), null, done.getRun(), record);
    return new JobEvent.DeliverySeen(
        head,
        photo(done.getPhotoId(), head),
        friend(done.getFriendId(), head),
        done.getSeq(),
        done.getState());
  }

  private static Stripped cleanup(Cleanup cleanup, ConsumerRecord<byte[], byte[]> record) {
    var head = head(cleanup.getJobId(), cleanup.getOwnerId(), null, 0, record);
    return cleanup.getKind() == CleanupKind.DONE
        ? taken(new JobEvent.CleanupSeen(head, cleanup.getSeq()))
        : new Stripped.Ignored("our own request");
  }

  private static JobEvent control(JobControl control, ConsumerRecord<byte[], byte[]> record) {
    var head = head(control.getJobId(), control.getOwnerId(), null, 0, record);
    if (control.getCommand() != JobCommand.SUBMIT) {
      return new JobEvent.Commanded(
          head, control.getEventId(), control.getCommand(), selection(control), null);
    }
    var submit = control.getSubmit();
    if (submit == null || submit.getTotal() < 0) {
      throw new InvalidEventException("SUBMIT without a number of photos", head);
    }
    return new JobEvent.Submitted(head, submission(submit, control.getOccurredAt().toEpochMilli()));
  }

  private static Selection selection(JobControl control) {
    var said = control.getSelection();
    return said == null
        ? Selection.ALL
        : new Selection(
            new TreeSet<>(said.getPhotoIds()),
            Set.copyOf(said.getCodes()),
            Set.copyOf(said.getSignatures()));
  }

  private static JobEvent.Submission submission(JobSubmit submit, long at) {
    return new JobEvent.Submission(
        submit.getName(),
        submit.getTotal(),
        submit.getRelease(),
        at,
        submit.getDeadline().toEpochMilli(),
        submit.getKeepOriginals(),
        submit.getDeleteSource());
  }

  private static Stripped died(String source, ConsumerRecord<byte[], byte[]> record) {
    var headers = record.headers();
    var job = TextHeaders.id(headers, DeadLetters.JOB);
    var photo = TextHeaders.id(headers, DeadLetters.PHOTO);
    if (job == null || (photo == null && !OF_A_JOB.contains(source))) {
      return new Stripped.Ignored("a dead letter that names no job or no photo");
    }
    var code = TextHeaders.code(headers);
    if (NOT_OF_THE_JOB.contains(code) || isOurOwnTrouble(headers, code)) {
      return new Stripped.Ignored("a record that the job did not take");
    }
    var owner = TextHeaders.id(headers, DeadLetters.OWNER);
    var task = TextHeaders.id(headers, DeadLetters.TASK);
    var run = TextHeaders.count(headers, DeadLetters.RUN);
    var head =
        new JobEvent.Head(
            origin(record),
            job,
            owner == null ? "" : owner,
            run == null ? 0 : run,
            source(task, record));
    return taken(new JobEvent.Died(head, photo, source, code, FailureSignature.of(headers)));
  }

  /** What the read model cannot store is still processed by those whose work it is. */
  private static boolean isOurOwnTrouble(Headers headers, FailureCode code) {
    return code == FailureCode.INTERNAL
        && JobStreams.NAME.equals(TextHeaders.text(headers, DeadLetters.SERVICE));
  }

  private static JobEvent.Head head(
      String jobId,
      String ownerId,
      @Nullable String taskId,
      int run,
      ConsumerRecord<byte[], byte[]> record) {
    var head =
        new JobEvent.Head(origin(record), jobId, ownerId, Math.max(0, run), source(taskId, record));
    if (!EventIds.isValid(jobId) || !EventIds.isValid(ownerId)) {
      throw new InvalidEventException("job or owner is no id", null);
    }
    return head;
  }

  private static String photo(String photoId, JobEvent.Head head) {
    if (!EventIds.isValid(photoId)) {
      throw new InvalidEventException("photo is no id", head);
    }
    return photoId;
  }

  private static String friend(@Nullable String friendId, JobEvent.Head head) {
    if (friendId == null || !EventIds.isValid(friendId)) {
      throw new InvalidEventException("friend is no id", head);
    }
    return friendId;
  }

  private static Origin origin(ConsumerRecord<byte[], byte[]> record) {
    return new Origin(record.topic(), record.partition(), record.offset());
  }

  private static JobEvent.Source source(
      @Nullable String taskId, ConsumerRecord<byte[], byte[]> record) {
    var key = record.key() == null ? null : new Raw(record.key());
    return new JobEvent.Source(
        key, taskId, TextHeaders.count(record.headers(), DeadLetters.REPLAYS));
  }

  private static Stripped taken(JobEvent event) {
    return new Stripped.Taken(event);
  }

  private static Stripped rejected(FailureCode code, String message) {
    return new Stripped.Rejected(DeadLetter.unattributed(code, message));
  }
}
