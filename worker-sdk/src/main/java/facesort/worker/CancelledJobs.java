package facesort.worker;

import facesort.schemas.JobControl;
import java.util.HashMap;
import java.util.Map;

/**
 * Which runs of which jobs were cancelled. A command carries no run: it is the number of RESUME and
 * RETRY commands of the job before it, as every reader counts them. One thread tells, others ask.
 *
 * <p>Only jobs with a RESUME, RETRY or CANCEL are remembered, one small entry each whatever number
 * of such commands they have: at most as many as the topic keeps, plus those that came since the
 * start. They are never forgotten, since a task of an old job can be replayed at any time.
 */
public final class CancelledJobs {
  private static final int NONE = -1;
  private static final Runs FIRST = new Runs(0, NONE);

  private record Runs(int current, int cancelled) {}

  private final Map<String, Runs> jobs = new HashMap<>();

  /** Takes the next command of a job, in the order of the topic. */
  public synchronized void accept(JobControl control) {
    Runs before = jobs.getOrDefault(control.getJobId(), FIRST);
    Runs after =
        switch (control.getCommand()) {
          case RESUME, RETRY -> new Runs(before.current() + 1, before.cancelled());
          case CANCEL -> new Runs(before.current(), before.current());
          case SUBMIT, RELEASE, RESOLVE, REMATCH, UNKNOWN -> before;
        };
    if (!after.equals(before)) {
      jobs.put(control.getJobId(), after);
    }
  }

  /** Returns whether tasks of this run must not be started. */
  public synchronized boolean isCancelled(String jobId, int run) {
    return run <= jobs.getOrDefault(jobId, FIRST).cancelled();
  }

  /** How many jobs are remembered. */
  synchronized int remembered() {
    return jobs.size();
  }
}
