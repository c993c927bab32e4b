package facesort.state.job;

import facesort.schemas.JobState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The two stores of the topology as maps, and everything the fold asked to be written. */
final class Jobs {

  static final long NOW = 1_000;

  private final Map<String, JobFacts> jobs = new HashMap<>();
  private final Map<String, NavigableMap<String, PhotoFacts>> photos = new HashMap<>();
  private final Map<String, List<Effect>> effects = new TreeMap<>();
  private final Map<String, List<Map.Entry<String, Integer>>> queuedAgain = new TreeMap<>();

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
    var photoId = event.photoId();
    var photo = photoId == null ? PhotoFacts.NONE : photo(jobId, photoId);
    var folded = JobFold.fold(jobs.get(jobId), photo, counted(event, jobId), Retention.USUAL, now);
    if (photoId != null) {
      photosOf(jobId).put(photoId, folded.photo());
    }
    return keep(folded);
  }

  private JobEvent counted(JobEvent event, String jobId) {
    var job = jobs.get(jobId);
    if (job == null || !(event instanceof JobEvent.Commanded said) || !said.selects()) {
      return event;
    }
    var selected = Selected.NONE;
    for (var photo : photosOf(jobId).entrySet()) {
      selected = selected.plus(said.selection().count(job, photo.getKey(), photo.getValue()));
    }
    return said.counted(selected);
  }

  Folded tick(String jobId, long now) {
    return keep(JobFold.tick(job(jobId), Retention.USUAL, now));
  }

  private Folded keep(Folded folded) {
    jobs.put(folded.job().jobId(), folded.job());
    for (var effect : folded.effects()) {
      effectsOf(folded.job().jobId()).add(effect);
      if (effect instanceof Effect.QueueAgain again) {
        queued(folded.job().jobId(), again.task().photoId(), folded.job().runs().open());
      }
    }
    return folded;
  }

  private void queued(String jobId, String photoId, int run) {
    queuedAgain.computeIfAbsent(jobId, id -> new ArrayList<>()).add(Map.entry(photoId, run));
  }

  /** Works off the next part of the oldest selection, so many photos at most. */
  void workOff(String jobId, int most, long now) {
    var pending = job(jobId).runs().requeues().getFirst();
    var rest = photosOf(jobId).tailMap(pending.after(), false);
    var done = Requeuing.of(job(jobId), rest.entrySet().iterator(), most);
    jobs.put(jobId, done.job());
    for (var photo : done.photos()) {
      photosOf(jobId).put(photo.getKey(), photo.getValue());
      queued(jobId, photo.getKey(), pending.run());
    }
    tick(jobId, now);
  }

  /** As {@link #workOff} until nothing waits. */
  void workOffAll(String jobId) {
    while (!job(jobId).runs().requeues().isEmpty()) {
      workOff(jobId, 2, NOW);
    }
  }

  NavigableMap<String, PhotoFacts> photosOf(String jobId) {
    return photos.computeIfAbsent(jobId, id -> new TreeMap<>());
  }

  PhotoFacts photo(String jobId, String photoId) {
    return photosOf(jobId).getOrDefault(photoId, PhotoFacts.NONE);
  }

  PhotoState stateOf(String jobId, String photoId) {
    return photo(jobId, photoId).state(job(jobId).runs());
  }

  /** Photos that were queued again, each with its run. */
  List<String> queuedAgain() {
    return queuedAgain.values().stream()
        .flatMap(List::stream)
        .map(again -> again.getKey() + " in run " + again.getValue())
        .toList();
  }

  /** Those of a job since the last time. */
  List<Map.Entry<String, Integer>> takeQueuedAgain(String jobId) {
    var taken = queuedAgain.remove(jobId);
    return taken == null ? List.of() : taken;
  }

  boolean has(String jobId) {
    return jobs.containsKey(jobId);
  }

  void replace(JobFacts job) {
    jobs.put(job.jobId(), job);
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
    var runs = job(jobId).runs();
    return photosOf(jobId).values().stream()
        .map(photo -> photo.tally(runs))
        .reduce(Tally.ZERO, (sum, next) -> sum.replace(Tally.ZERO, next));
  }

  /** States in the order in which they were published. */
  List<JobState> published() {
    return effects.keySet().stream().flatMap(job -> publishedOf(job).stream()).toList();
  }

  List<JobState> publishedOf(String jobId) {
    return effectsOf(jobId).stream()
        .filter(Effect.Publish.class::isInstance)
        .map(effect -> ((Effect.Publish) effect).job().state())
        .toList();
  }

  List<Effect> effects() {
    return effects.values().stream().flatMap(List::stream).toList();
  }

  List<Effect> effectsOf(String jobId) {
    return effects.computeIfAbsent(jobId, id -> new ArrayList<>());
  }
}
