package facesort.state.job;

import facesort.schemas.Answer;
import facesort.schemas.Causation;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.CommandAnswer;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.PartitionOffset;
import facesort.schemas.PhotoCounts;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.TopicOffset;
import facesort.schemas.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The projector's own events, made from facts. Pure. */
final class JobRecords {

  private JobRecords() {}

  /**
   * A job's status.
   *
   * @param number how many were published before
   * @param cause the record that led to it; null when time did
   */
  static JobStatus status(JobFacts job, int number, @Nullable Origin cause, long now) {
    var submission = job.intake().submission();
    return JobStatus.newBuilder()
        .setEventId(EventIds.event(Topics.JOB_STATUS, job.jobId(), job.runs().open(), 0, number))
        .setOccurredAt(Instant.ofEpochMilli(now))
        .setJobId(job.jobId())
        .setOwnerId(job.ownerId())
        .setRun(job.runs().open())
        .setCausation(causation(cause))
        .setName(submission == null ? "" : submission.name())
        .setState(job.state())
        .setFailure(job.failure())
        .setRelease(job.release())
        .setClosed(job.intake().closed())
        .setTotal(job.total())
        .setPhotos(photos(job.tally()))
        .setFaces(job.tally().faces())
        .setDeliveries(deliveries(job))
        .setMatchUpto(matchUpto(job))
        .setKeepOriginals(submission != null && submission.keepOriginals())
        .setDeleteSource(submission != null && submission.deleteSource())
        .setCleanupRequests(job.cleaning().requests())
        .setCommands(job.commands().stream().map(JobRecords::answer).toList())
        .setEnds(job.runs().ends().stream().map(JobRecords::end).toList())
        .setSubmittedAt(submission == null ? null : Instant.ofEpochMilli(submission.at()))
        .setFinishedAt(job.finishedAt() == null ? null : Instant.ofEpochMilli(job.finishedAt()))
        .build();
  }

  /** A request to remove the job's objects but those kept. */
  static Cleanup cleanup(
      JobFacts job, int seq, KeptOriginals kept, @Nullable Origin cause, long now) {
    var submission = job.intake().submission();
    return Cleanup.newBuilder()
        .setEventId(
            EventIds.event(Topics.CLEANUP, job.jobId() + "/REQUESTED", job.runs().open(), 0, seq))
        .setOccurredAt(Instant.ofEpochMilli(now))
        .setJobId(job.jobId())
        .setOwnerId(job.ownerId())
        .setRun(job.runs().open())
        .setCausation(causation(cause))
        .setKind(CleanupKind.REQUESTED)
        .setSeq(seq)
        .setDeleteSource(submission != null && submission.deleteSource())
        .setKept(kept.objects())
        .build();
  }

  private static PhotoCounts photos(Tally tally) {
    return new PhotoCounts(
        tally.submitted(),
        tally.count(PhotoState.MATCHED),
        tally.count(PhotoState.NO_MATCH),
        tally.count(PhotoState.NO_FACE),
        tally.count(PhotoState.DUPLICATE),
        tally.count(PhotoState.FAILED),
        tally.count(PhotoState.CANCELLED),
        tally.inFlight());
  }

  private static DeliveryCounts deliveries(JobFacts job) {
    var tally = job.tally();
    return new DeliveryCounts(
        tally.pairCount(),
        job.openPairs(),
        job.heldPairs(),
        tally.count(DeliveryState.SENT),
        tally.count(DeliveryState.UNKNOWN),
        tally.count(DeliveryState.REFUSED),
        tally.count(DeliveryState.FAILED),
        tally.count(DeliveryState.DROPPED),
        tally.count(DeliveryState.RECALLED));
  }

  /** Told from MATCHED on; a run that was given up is never matched. */
  private static @Nullable List<PartitionOffset> matchUpto(JobFacts job) {
    if (JobMoves.isBeforeMatched(job.state())
        || job.state() == JobState.CANCELLED
        || job.failure() != null) {
      return null;
    }
    return positions(job.runs().seen()).stream()
        .filter(position -> position.getTopic().equals(Topics.MATCH_RESULT.name()))
        .map(position -> new PartitionOffset(position.getPartition(), position.getOffset()))
        .toList();
  }

  private static facesort.schemas.RunEnd end(RunEnd end) {
    return new facesort.schemas.RunEnd(end.run(), end.state(), positions(end.upto()));
  }

  private static List<TopicOffset> positions(Map<String, Long> upto) {
    return upto.entrySet().stream()
        .map(entry -> position(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static TopicOffset position(String topicPartition, long offset) {
    var dash = topicPartition.lastIndexOf('-');
    return new TopicOffset(
        topicPartition.substring(0, dash),
        Integer.parseInt(topicPartition.substring(dash + 1)),
        offset);
  }

  /**
   * A task that is queued again: the same in everything but its run.
   *
   * @param topic its lane
   * @param task as it was received
   */
  static TaskQueued again(
      Topic<TaskQueued> topic, TaskQueued task, int run, Origin cause, long now) {
    return TaskQueued.newBuilder(task)
        .setEventId(EventIds.event(topic, task.getTaskId(), run, 0, 0))
        .setOccurredAt(Instant.ofEpochMilli(now))
        .setRun(run)
        .setCausation(causation(cause))
        .build();
  }

  private static CommandAnswer answer(JobFacts.Answer answer) {
    return new CommandAnswer(
        answer.eventId(),
        answer.code() == null ? Answer.ACCEPTED : Answer.REFUSED,
        answer.code(),
        answer.command(),
        answer.run(),
        answer.photos(),
        answer.message());
  }

  private static @Nullable Causation causation(@Nullable Origin cause) {
    return cause == null ? null : new Causation(cause.topic(), cause.partition(), cause.offset());
  }
}
