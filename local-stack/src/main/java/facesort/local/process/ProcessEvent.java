package facesort.local.process;

import java.time.Duration;

/** What happens to a supervised process; told to the supervisor's listener. */
public sealed interface ProcessEvent {
  /** Name of the process. */
  String name();

  /** It runs and its ready check passed, {@code took} after its start; {@code restarts} so far. */
  record Ready(String name, long pid, Duration took, int restarts) implements ProcessEvent {}

  /** It ended by itself, and is started again after {@code delay}. */
  record Restarting(String name, int exitCode, int attempt, Duration delay)
      implements ProcessEvent {}

  /** It ended by itself and stays down; exit code 75 means that a newer one has taken its slot. */
  record Ended(String name, int exitCode) implements ProcessEvent {}

  /** It was running from an earlier launcher that was killed, and was stopped. */
  record OrphanStopped(String name, long pid) implements ProcessEvent {}
}
