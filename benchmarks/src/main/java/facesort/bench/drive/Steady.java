package facesort.bench.drive;

import facesort.bench.stack.BenchStack;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends 200 tasks a second, 25 a partition on average, and a tick each 20 ms, until it is closed.
 */
public final class Steady implements AutoCloseable {
  private static final int TASK_MILLIS = 5;
  private static final int TICK_MILLIS = 20;

  private final Feed feed;
  private final Topic<TaskQueued> in;
  private final Tasks tasks = new Tasks(Clock.systemUTC());
  private final String job = "steady-" + UUID.randomUUID();
  private final List<TaskQueued> sent = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  private Steady(Feed feed, Topic<TaskQueued> in) {
    this.feed = feed;
    this.in = in;
  }

  /**
   * Begins.
   *
   * @param in where the tasks go
   * @param out where the ticks go
   */
  public static Steady start(BenchStack stack, Topic<TaskQueued> in, Topic<TaskQueued> out) {
    Steady steady = new Steady(new Feed(stack), in);
    var _ =
        steady.clock.scheduleAtFixedRate(steady::sendOne, 0, TASK_MILLIS, TimeUnit.MILLISECONDS);
    var _ =
        steady.clock.scheduleAtFixedRate(
            () -> steady.feed.tick(out), 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return steady;
  }

  /** Ends, and returns all that was sent when it is written; throws when it could not be. */
  public List<TaskQueued> end() {
    clock.close();
    feed.requireWritten();
    synchronized (sent) {
      return List.copyOf(sent);
    }
  }

  private void sendOne() {
    synchronized (sent) {
      TaskQueued task = tasks.about(job, "photo-" + sent.size(), sent.size());
      feed.send(in, task);
      sent.add(task);
    }
  }

  @Override
  public void close() {
    clock.close();
    feed.close();
  }
}
