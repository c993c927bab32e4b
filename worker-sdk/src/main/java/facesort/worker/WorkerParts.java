package facesort.worker;

import facesort.service.DeadLetters;
import facesort.worker.policy.RetryPolicy;
import facesort.worker.policy.Turns;
import facesort.worker.telemetry.Traces;
import facesort.worker.telemetry.WorkerMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What the lanes of a process share.
 *
 * @param settings the worker's settings
 * @param deadline longest time of one task
 * @param policy what failures mean
 * @param clock the clock
 * @param random for jitter
 * @param steps times the steps
 * @param metrics counts
 * @param traces spans
 * @param outcomes tells what became of tasks
 * @param turns whose bucket is next
 * @param cancellations which jobs were cancelled; none for events that belong to no job
 * @param inFlight what is worked on
 * @param results keeps results in the bucket, when asked to
 * @param deadLetters words dead letters
 * @param letters sends them
 * @param renewal restarts the process when it has lost too many threads
 */
record WorkerParts(
    WorkerSettings settings,
    Duration deadline,
    RetryPolicy policy,
    Clock clock,
    RandomGenerator random,
    Steps steps,
    WorkerMetrics metrics,
    Traces traces,
    Outcomes outcomes,
    Turns turns,
    Optional<Cancellations> cancellations,
    InFlight inFlight,
    Optional<TaskResults> results,
    DeadLetters deadLetters,
    DeadLetterSender letters,
    Renewal renewal) {

  /** Whether a task must not be started any more. */
  boolean isCancelled(Task<?> task) {
    String job = task.jobId();
    return job != null
        && cancellations.filter(known -> known.isCancelled(job, task.run())).isPresent();
  }
}
