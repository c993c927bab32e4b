package facesort.bench.projector;

import facesort.bench.drive.WrongOutput;
import facesort.bench.stack.BenchStack;
import facesort.schemas.JobStatus;
import facesort.service.Events;
import facesort.state.job.JobReplay;
import facesort.state.job.Retention;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The projector's fold in memory over events that are stripped already: its computing alone. */
final class MemoryFold {
  /** More photos would fill the heap and tell nothing else. */
  private static final int MOST_TASKS = 40_000;

  private MemoryFold() {}

  /** Events a second; throws when a job does not end as it must. */
  static double perSecond(BenchStack stack, Corpus corpus) {
    int jobs = Math.max(1, (int) ((long) corpus.jobs() * MOST_TASKS / corpus.tasks()));
    Set<String> wanted = new HashSet<>(corpus.jobIds().subList(0, Math.min(jobs, corpus.jobs())));
    JobReplay replay = new JobReplay(new Events(stack.codec()), Retention.USUAL, wanted::contains);
    long now = System.currentTimeMillis();
    long[] spent = {0, 0};
    var _ =
        new CorpusReader(stack.clients())
            .all(polled -> {
              polled.forEach(replay::read);
              long start = System.nanoTime();
              spent[0] += replay.fold(now);
              spent[1] += System.nanoTime() - start;
            });
    requireRight(replay, corpus, wanted, now);
    return spent[0] * 1e9 / spent[1];
  }

  private static void requireRight(JobReplay replay, Corpus corpus, Set<String> wanted, long now) {
    Map<String, JobStatus> statuses = new HashMap<>();
    replay.statuses(now).forEach(status -> statuses.put(status.getJobId(), status));
    for (int job = 0; job < corpus.jobs(); job++) {
      JobStatus status = statuses.get(corpus.job(job));
      if (wanted.contains(corpus.job(job))
          && (status == null || !StatusWatch.isRight(status, corpus.truth(job)))) {
        throw new WrongOutput(
            "in memory %s became %s, must be %s"
                .formatted(corpus.job(job), status, corpus.truth(job)));
      }
    }
  }
}
