package facesort.inference.detect;

import facesort.schemas.JobControl;
import java.util.HashMap;
import java.util.Map;

/**
 * Which runs of which jobs were cancelled. A command carries no run: it is the number of RESUME and
 * RETRY commands of the job before it, as every reader counts them. One thread tells, others ask.
 */
public final class CancelledJobs {
  private static final int NONE = -1;

  private record Runs(int current, int cancelled) {}

  private final Map<String, Runs> jobs = new HashMap<>();

  /** Takes the next command of a job, in the order of the topic. */
  public synchronized void accept(JobControl control) {
    Runs before = jobs.getOrDefault(control.getJobId(), new Runs(0, NONE));
    Runs after =
        switch (control.getCommand()) {
          case RESUME, RETRY -> new Runs(before.current() + 1, before.cancelled());
          case CANCEL -> new Runs(before.current(), before.current());
          case SUBMIT, RELEASE, RESOLVE, REMATCH, UNKNOWN -> before;
        };
    jobs.put(control.getJobId(), after);
  }

  /** Returns whether tasks of this run must not be started. */
  public synchronized boolean isCancelled(String jobId, int run) {
    return run <= jobs.getOrDefault(jobId, new Runs(0, NONE)).cancelled();
  }
}
