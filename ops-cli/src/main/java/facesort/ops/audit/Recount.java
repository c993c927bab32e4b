package facesort.ops.audit;

import facesort.ops.api.Audit;
import facesort.ops.api.Audit.Finding;
import facesort.ops.audit.Evidence.Place;
import facesort.schemas.DeliveryDone;
import facesort.schemas.FailureCode;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts photos anew from the records themselves: every photo of a job that is past its matching
 * must be settled by a record that counts. The statuses come first, then the other records in any
 * order. Jobs without a status are not judged.
 */
final class Recount {
  private final Optional<String> only;
  private final Map<String, AuditedJob> jobs = new TreeMap<>();
  private final Map<Pair, Long> wanted = new HashMap<>();
  private final Set<Pair> closed = new HashSet<>();
  private long unattributed;

  /** A photo that a friend is to get. */
  record Pair(String jobId, String photoId, String friendId) {}

  /** Of one job, or of all. */
  Recount(Optional<String> only) {
    this.only = only;
  }

  /** Takes a status; of several the last. */
  void status(String jobId, @Nullable JobStatus status) {
    if (only.isPresent() && !only.get().equals(jobId)) {
      return;
    }
    if (status == null) {
      jobs.remove(jobId);
    } else {
      jobs.put(jobId, new AuditedJob(status));
    }
  }

  /** Whether the job is one of those that are counted. */
  boolean knows(String jobId) {
    return jobs.containsKey(jobId);
  }

  /** Takes a task. */
  void task(TaskQueued task, Place place, long millis) {
    @Nullable AuditedJob job = jobs.get(task.getJobId());
    if (job != null) {
      job.photo(task.getPhotoId()).queued(task, place, millis);
    }
  }

  /** Takes a match result. */
  void match(MatchResult match, Place place, long millis) {
    @Nullable AuditedJob job = jobs.get(match.getJobId());
    if (job == null) {
      return;
    }
    Evidence evidence = new Evidence(outcome(match), match.getRun(), place);
    job.photo(match.getPhotoId()).settledBy(evidence);
    if (job.mustBeDelivered() && job.counts(evidence)) {
      for (MatchedFace face : match.getFaces()) {
        if (face.getDecision() == MatchDecision.MATCHED && face.getFriendId() != null) {
          wanted.putIfAbsent(
              new Pair(match.getJobId(), match.getPhotoId(), face.getFriendId()), millis);
        }
      }
    }
  }

  /** Takes a dead letter by its text headers; one that names no job is only counted. */
  void deadLetter(
      @Nullable String jobId, @Nullable String photoId, String code, int run, Place place) {
    if (jobId == null || photoId == null) {
      unattributed++;
      return;
    }
    @Nullable AuditedJob job = jobs.get(jobId);
    if (job != null) {
      Outcome outcome =
          code.equals(FailureCode.JOB_CLOSED.name()) ? Outcome.TOO_LATE : Outcome.FAILED;
      job.photo(photoId).settledBy(new Evidence(outcome, run, place));
    }
  }

  /** Takes what became of a pair. */
  void delivery(DeliveryDone done) {
    if (knows(done.getJobId())) {
      closed.add(new Pair(done.getJobId(), done.getPhotoId(), done.getFriendId()));
    }
  }

  /**
   * The count.
   *
   * @param replacements the topics of which a copy was read: offsets in a copy are others, so that
   *     it can only show what is missing
   */
  Audit audit(Kept kept, Replacements replacements) {
    boolean copied = replacements.replaces(Topics.MATCH_RESULT.name());
    Verdict verdict = new Verdict(kept, copied);
    jobs.forEach(verdict::judge);
    if (!copied) {
      undelivered(kept, verdict);
    }
    return verdict.audit(unattributed);
  }

  private void undelivered(Kept kept, Verdict verdict) {
    String topic = Topics.DELIVERY_DONE.name();
    wanted.forEach((pair, millis) -> {
      if (!closed.contains(pair) && !kept.mayHaveLost(topic, pair.jobId(), millis)) {
        verdict.add(
            new Finding(
                pair.jobId(),
                pair.photoId(),
                "friend %s was to get it, and no delivery.done tells what became of that"
                    .formatted(pair.friendId())));
      }
    });
  }

  private static Outcome outcome(MatchResult match) {
    if (match.getFaces().isEmpty()) {
      return Outcome.NO_FACE;
    }
    return match.getFaces().stream()
            .anyMatch(face ->
                face.getDecision() == MatchDecision.MATCHED
                    || face.getDecision() == MatchDecision.REVIEW)
        ? Outcome.MATCHED
        : Outcome.NO_MATCH;
  }
}
