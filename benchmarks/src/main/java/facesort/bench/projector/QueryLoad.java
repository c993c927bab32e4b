package facesort.bench.projector;

import facesort.bench.measure.Percentile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks for a job's status at fixed times until it is closed, one question after the other. The time
 * of an answer counts from when its question was due, so that a slow one does not hide what it
 * delayed.
 */
final class QueryLoad implements AutoCloseable {
  private static final int OK = 200;

  private final ProjectorProcess projector;
  private final List<String> jobs;
  private final Duration every;
  private final List<Double> millis = new ArrayList<>();
  private final Thread thread;
  private int asked;
  private volatile boolean closed;

  private QueryLoad(ProjectorProcess projector, List<String> jobs, Duration every) {
    this.projector = projector;
    this.jobs = jobs;
    this.every = every;
    this.thread = Thread.ofPlatform().name("queries").daemon().unstarted(this::run);
  }

  /**
   * What was answered.
   *
   * @param asked questions
   * @param answered of them with 200
   * @param p50Ms of those, milliseconds; 0 when there are none
   * @param p99Ms of those, milliseconds; 0 when there are none
   */
  record Answers(int asked, int answered, double p50Ms, double p99Ms) {}

  static QueryLoad on(ProjectorProcess projector, List<String> jobs, Duration every) {
    QueryLoad load = new QueryLoad(projector, jobs, every);
    load.thread.start();
    return load;
  }

  /** Ends, and tells. */
  Answers end() {
    close();
    double[] times = millis.stream().mapToDouble(Double::doubleValue).toArray();
    return times.length == 0
        ? new Answers(asked, 0, 0, 0)
        : new Answers(asked, times.length, Percentile.of(times, 50), Percentile.of(times, 99));
  }

  private void run() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      long due = System.nanoTime();
      while (!closed) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        if (isAnswered(http, jobs.get(asked % jobs.size()))) {
          millis.add((System.nanoTime() - due) / 1e6);
        }
        asked++;
        due += every.toNanos();
      }
    }
  }

  private boolean isAnswered(HttpClient http, String job) {
    try {
      return http.send(projector.request("/v1/jobs/" + job), BodyHandlers.discarding()).statusCode()
          == OK;
    } catch (IOException e) {
      // Not up, or going down: no answer.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
