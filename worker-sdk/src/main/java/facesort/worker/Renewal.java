package facesort.worker;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in order when too many of its threads are stuck in work that cannot be stopped;
 * whoever supervises it starts it again.
 */
final class Renewal {
  /** Exit status that asks for a restart: EX_SOFTWARE of sysexits.h. */
  static final int RESTART = 70;

  private static final Logger log = LoggerFactory.getLogger(Renewal.class);
  private static final int MOST_ABANDONED = 2;

  private final StageThreads threads;
  private final Runnable stop;
  private final AtomicBoolean asked = new AtomicBoolean();

  /** Runs {@code stop}, which must finish running batches, before the process ends. */
  Renewal(StageThreads threads, Runnable stop) {
    this.threads = threads;
    this.stop = stop;
  }

  /** Restarts the process when two threads or more were left behind; returns at once. */
  void check() {
    if (threads.abandoned() >= MOST_ABANDONED && asked.compareAndSet(false, true)) {
      log.error("{} threads do not end: finishing what runs, then restarting", threads.abandoned());
      Thread.ofPlatform().name("renewal").start(this::restart);
    }
  }

  private void restart() {
    try {
      stop.run();
    } finally {
      // An orderly exit would wait for shutdown hooks that wait for the stuck threads.
      Runtime.getRuntime().halt(RESTART);
    }
  }
}
