package facesort.state.job;

import facesort.schemas.Answer;
import facesort.schemas.Causation;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.CommandAnswer;
import facesort.schemas.DeliveryCounts;
import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.JobStatus;
import facesort.schemas.PartitionOffset;
import facesort.schemas.PhotoCounts;
import facesort.schemas.Topics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The projector's own events, made from facts. Pure. */
final class JobRecords {

  /** Runs are opened by RESUME and RETRY, which this version refuses. */
  private static final int RUN = 0;

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
        .setEventId(EventIds.event(Topics.JOB_STATUS, job.jobId(), RUN, 0, number))
        .setOccurredAt(Instant.ofEpochMilli(now))
        .setJobId(job.jobId())
        .setOwnerId(job.ownerId())
        .setRun(RUN)
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
        .setSubmittedAt(submission == null ? null : Instant.ofEpochMilli(submission.at()))
        .setFinishedAt(job.finishedAt() == null ? null : Instant.ofEpochMilli(job.finishedAt()))
        .build();
  }

  /** A request to remove the job's objects but those kept. */
  static Cleanup cleanup(
      JobFacts job, int seq, KeptOriginals kept, @Nullable Origin cause, long now) {
    var submission = job.intake().submission();
    return Cleanup.newBuilder()
        .setEventId(EventIds.event(Topics.CLEANUP, job.jobId() + "/REQUESTED", RUN, 0, seq))
        .setOccurredAt(Instant.ofEpochMilli(now))
        .setJobId(job.jobId())
        .setOwnerId(job.ownerId())
        .setRun(RUN)
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

  /** Told from MATCHED on, and then it stays; a job that failed before was never matched. */
  private static @Nullable List<PartitionOffset> matchUpto(JobFacts job) {
    if (JobMoves.isBeforeMatched(job.state()) || job.failure() != null) {
      return null;
    }
    return job.matchUpto().entrySet().stream()
        .map(entry -> new PartitionOffset(entry.getKey(), entry.getValue()))
        .toList();
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
