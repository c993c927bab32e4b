package facesort.ops.audit;

import facesort.ops.api.Audit;
import facesort.ops.api.Audit.Finding;
import facesort.ops.audit.AuditedPhoto.Queued;
import facesort.schemas.PhotoCounts;
import facesort.schemas.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges jobs whose records were all taken, one after another. */
final class Verdict {
  private static final int MOST_NAMED = 20;

  private final Kept kept;
  private final boolean copied;
  private final List<Finding> findings = new ArrayList<>();
  private long jobs;
  private long photos;
  private long unaccounted;
  private long expired;

  /**
   * @param copied true when match results came from a copy: outcomes cannot be compared one by one
   */
  Verdict(Kept kept, boolean copied) {
    this.kept = kept;
    this.copied = copied;
  }

  /** Judges a job; its status must not be newer than the other records. */
  void judge(String jobId, AuditedJob job) {
    jobs++;
    Map<Outcome, List<String>> outcomes = new EnumMap<>(Outcome.class);
    job.photos()
        .forEach((photoId, photo) ->
            outcomes.computeIfAbsent(photo.outcome(job), _ -> new ArrayList<>()).add(photoId));
    int queued = job.queued() - of(outcomes, Outcome.TOO_LATE).size();
    int submitted = job.status().getPhotos().getSubmitted();
    photos += Math.max(queued, submitted);
    long lost = missing(jobId, job, of(outcomes, Outcome.MISSING));
    lost += withoutTask(jobId, submitted - queued);
    if (!job.mustBeSettled()) {
      return;
    }
    int newer = Math.max(0, queued - submitted);
    PhotoCounts counts = job.status().getPhotos();
    lost += surplus(jobId, job, of(outcomes, Outcome.CANCELLED), counts.getCancelled() + newer);
    lost += surplus(jobId, job, of(outcomes, Outcome.FAILED), counts.getFailed() + newer);
    if (lost == 0 && newer == 0 && !copied) {
      compare(jobId, counts, outcomes);
    }
  }

  /** Adds what was found another way. */
  void add(Finding finding) {
    findings.add(finding);
  }

  Audit audit(long unattributed) {
    findings.sort(
        Comparator.comparing((Finding finding) -> String.valueOf(finding.jobId()))
            .thenComparing(finding -> String.valueOf(finding.photoId())));
    return new Audit(jobs, photos, unaccounted, expired, unattributed, findings);
  }

  private long missing(String jobId, AuditedJob job, List<String> missing) {
    for (String photoId : missing) {
      if (mayHaveLost(job, photoId)) {
        expired++;
      } else {
        unaccounted++;
        findings.add(
            new Finding(
                jobId,
                photoId,
                "queued, and neither match.result nor a dead letter settles it, while the job is %s"
                    .formatted(job.status().getState())));
      }
    }
    return missing.size();
  }

  /** Photos that the status counts and no task names. */
  private long withoutTask(String jobId, int lacking) {
    if (lacking <= 0) {
      return 0;
    }
    if (kept.lacksAny(Topics.TASK_QUEUED.name())
        || kept.lacksAny(Topics.TASK_QUEUED_INTERACTIVE.name())) {
      expired += lacking;
    } else {
      unaccounted += lacking;
      findings.add(
          new Finding(jobId, null, "%d photos are counted that no task names".formatted(lacking)));
    }
    return lacking;
  }

  /**
   * More photos ended with their job than the status says: some of them were settled, and the
   * record that settled them is gone.
   */
  private long surplus(String jobId, AuditedJob job, List<String> ended, int counted) {
    int surplus = ended.size() - counted;
    if (surplus <= 0) {
      return 0;
    }
    long old = ended.stream().filter(photoId -> mayHaveLost(job, photoId)).count();
    long gone = Math.max(0, surplus - old);
    expired += surplus - gone;
    unaccounted += gone;
    if (gone == 0) {
      return surplus;
    }
    if (counted == 0) {
      ended.forEach(photoId ->
          findings.add(new Finding(jobId, photoId, "settled, and the record that did it is gone")));
    } else {
      findings.add(
          new Finding(
              jobId,
              null,
              "%d photos were settled, and the records that did it are gone; they are among %s"
                  .formatted(gone, String.join(", ", ended.subList(0, named(ended))))));
    }
    return surplus;
  }

  private static int named(List<String> photos) {
    return Math.min(photos.size(), MOST_NAMED);
  }

  private void compare(String jobId, PhotoCounts counts, Map<Outcome, List<String>> outcomes) {
    compare(jobId, "matched", counts.getMatched(), of(outcomes, Outcome.MATCHED));
    compare(jobId, "no_match", counts.getNoMatch(), of(outcomes, Outcome.NO_MATCH));
    compare(jobId, "no_face", counts.getNoFace(), of(outcomes, Outcome.NO_FACE));
    compare(jobId, "duplicate", counts.getDuplicate(), of(outcomes, Outcome.DUPLICATE));
    compare(jobId, "failed", counts.getFailed(), of(outcomes, Outcome.FAILED));
    compare(jobId, "cancelled", counts.getCancelled(), of(outcomes, Outcome.CANCELLED));
  }

  private void compare(String jobId, String what, int counted, List<String> found) {
    if (counted != found.size()) {
      findings.add(
          new Finding(
              jobId,
              null,
              "job.status counts %d photos as %s, the topics %d"
                  .formatted(counted, what, found.size())));
    }
  }

  /** Whether a record that settled the photo may have been removed by the topics' retention. */
  private boolean mayHaveLost(AuditedJob job, String photoId) {
    Optional<Queued> queued = job.photo(photoId).queued();
    return queued.isPresent()
        && (mayHaveLost(Topics.MATCH_RESULT.name(), queued.get())
            || mayHaveLost(Topics.FACES_DETECTED.deadLetters(), queued.get())
            || kept.mayHaveLost(
                queued.get().place().topic() + "-dlt",
                queued.get().place().partition(),
                queued.get().millis()));
  }

  private boolean mayHaveLost(String topic, Queued queued) {
    return kept.mayHaveLost(topic, queued.taskId(), queued.millis());
  }

  private static List<String> of(Map<Outcome, List<String>> outcomes, Outcome outcome) {
    return outcomes.getOrDefault(outcome, List.of());
  }
}
