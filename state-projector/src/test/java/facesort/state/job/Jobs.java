package facesort.state.job;

import facesort.schemas.JobState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two stores of the topology as maps, and everything the fold asked to be written. */
final class Jobs {

  static final long NOW = 1_000;

  private final Map<String, JobFacts> jobs = new HashMap<>();
  private final Map<String, PhotoFacts> photos = new HashMap<>();
  private final List<Effect> effects = new ArrayList<>();

  static Jobs after(List<? extends JobEvent> events) {
    var jobs = new Jobs();
    events.forEach(jobs::take);
    return jobs;
  }

  Folded take(JobEvent event) {
    return take(event, NOW);
  }

  Folded take(JobEvent event, long now) {
    var jobId = event.head().jobId();
    var photoKey = jobId + "/" + event.photoId();
    var photo = photos.getOrDefault(photoKey, PhotoFacts.NONE);
    var folded = JobFold.fold(jobs.get(jobId), photo, event, now);
    jobs.put(jobId, folded.job());
    if (event.photoId() != null) {
      photos.put(photoKey, folded.photo());
    }
    effects.addAll(folded.effects());
    return folded;
  }

  Folded tick(String jobId, long now) {
    var folded = JobFold.tick(job(jobId), now);
    jobs.put(jobId, folded.job());
    effects.addAll(folded.effects());
    return folded;
  }

  JobFacts job(String jobId) {
    var job = jobs.get(jobId);
    if (job == null) {
      throw new AssertionError("no job " + jobId);
    }
    return job;
  }

  Map<String, JobFacts> all() {
    return jobs;
  }

  /** Counts by looking at every photo again. */
  Tally recount(String jobId) {
    return photos.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(jobId + "/"))
        .map(entry -> entry.getValue().tally())
        .reduce(Tally.ZERO, (sum, next) -> sum.replace(Tally.ZERO, next));
  }

  /** States in the order in which they were published. */
  List<JobState> published() {
    return effects.stream()
        .filter(Effect.Publish.class::isInstance)
        .map(effect -> ((Effect.Publish) effect).job().state())
        .toList();
  }

  List<Effect> effects() {
    return effects;
  }
}
