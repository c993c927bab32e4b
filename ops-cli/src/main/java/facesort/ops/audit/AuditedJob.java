package facesort.ops.audit;

import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.RunEnd;
import facesort.schemas.TopicOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the topics say about one job; the status must be known before photos are judged. */
final class AuditedJob {
  private final JobStatus status;
  private final Map<String, AuditedPhoto> photos = new TreeMap<>();

  AuditedJob(JobStatus status) {
    this.status = status;
  }

  JobStatus status() {
    return status;
  }

  /** By photo id. */
  Map<String, AuditedPhoto> photos() {
    return photos;
  }

  AuditedPhoto photo(String photoId) {
    return photos.computeIfAbsent(photoId, _ -> new AuditedPhoto());
  }

  /** Photos of which a task is kept. */
  int queued() {
    return Math.toIntExact(
        photos.values().stream().filter(photo -> photo.queued().isPresent()).count());
  }

  /** Whether every photo must be settled: only of a queued or running job one may be under way. */
  boolean mustBeSettled() {
    return switch (status.getState()) {
      case MATCHED, DELIVERING, CLEANING, COMPLETED, CANCELLED, FAILED -> true;
      case QUEUED, RUNNING, UNKNOWN -> false;
    };
  }

  /** Whether every pair of photo and friend must be closed. */
  boolean mustBeDelivered() {
    return status.getState() == JobState.CLEANING || status.getState() == JobState.COMPLETED;
  }

  /** Whether a task is newer than the status, which then says nothing about it. */
  boolean isAfterStatus(int run, long queuedMillis) {
    return run > status.getRun() || queuedMillis > status.getOccurredAt().toEpochMilli();
  }

  /** Whether the record came before the end of its run: what came later settles nothing. */
  boolean counts(Evidence evidence) {
    return status.getEnds().stream()
        .filter(end -> end.getRun() >= evidence.run())
        .allMatch(end -> evidence.place().offset() < upto(end, evidence.place()));
  }

  /** How that run ended, by itself or with a later one. */
  Optional<JobState> endOf(int run) {
    return status.getEnds().stream()
        .filter(end -> end.getRun() >= run)
        .map(RunEnd::getState)
        .findFirst();
  }

  private static long upto(RunEnd end, Evidence.Place place) {
    return end.getUpto().stream()
        .filter(at -> at.getTopic().equals(place.topic()))
        .filter(at -> at.getPartition() == place.partition())
        .mapToLong(TopicOffset::getOffset)
        .findFirst()
        .orElse(0);
  }
}
