package facesort.ops.api;

import java.util.List;

/** A page of jobs, newest first, and how many there are. */
public record JobList(List<Job> jobs, long total) {

  /** Copies the list; one that is missing is empty. */
  public JobList {
    jobs = jobs == null ? List.of() : List.copyOf(jobs);
  }
}
