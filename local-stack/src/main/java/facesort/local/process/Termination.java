package facesort.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Ends processes: asks first, then kills, and takes what they started with them. */
final class Termination {
  private static final Duration POLL = Duration.ofMillis(20);

  private Termination() {}

  /**
   * Returns when the process and its descendants are gone. Interrupts are not heeded: a stop under
   * way is finished.
   *
   * @param timeout after which the process is killed
   */
  static void end(ProcessIdentity identity, StopSignal signal, Duration timeout) {
    List<ProcessIdentity> descendants = descendants(identity);
    send(identity, signal);
    if (!goneWithin(identity, timeout)) {
      kill(identity);
    }
    descendants.forEach(Termination::kill);
    goneWithin(identity, timeout.plusSeconds(10));
  }

  private static List<ProcessIdentity> descendants(ProcessIdentity identity) {
    return ProcessHandle.of(identity.pid()).stream()
        .flatMap(ProcessHandle::descendants)
        .flatMap(handle -> ProcessIdentity.of(handle.pid()).stream())
        .toList();
  }

  private static void send(ProcessIdentity identity, StopSignal signal) {
    if (!identity.isAlive()) {
      return;
    }
    switch (signal) {
      case TERM -> ProcessHandle.of(identity.pid()).ifPresent(ProcessHandle::destroy);
      case INT -> interrupt(identity.pid());
    }
  }

  private static void interrupt(long pid) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(pid)).start();
    } catch (IOException e) {
      throw new ProcessException("cannot send SIGINT to process " + pid, e);
    }
  }

  private static void kill(ProcessIdentity identity) {
    if (identity.isAlive()) {
      ProcessHandle.of(identity.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  private static boolean goneWithin(ProcessIdentity identity, Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    while (identity.isAlive()) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }
}
