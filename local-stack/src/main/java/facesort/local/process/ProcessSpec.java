package facesort.local.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One process to run.
 *
 * @param name unique, a file name; names the log, the pid file and the slot
 * @param command program and arguments; visible to every user of the machine: no secrets
 * @param environment added to the launcher's own
 * @param workingDirectory must exist
 * @param ready when it counts as started
 * @param readyTimeout after which the start has failed
 * @param stopSignal asks it to end
 * @param stopTimeout after which it is killed
 * @param restart when it ends by itself
 */
public record ProcessSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path workingDirectory,
    ReadyCheck ready,
    Duration readyTimeout,
    StopSignal stopSignal,
    Duration stopTimeout,
    RestartPolicy restart) {

  public ProcessSpec {
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("process name: [A-Za-z0-9_-]{1,64}, not " + name);
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** The usual: ready within 60 s, SIGTERM and 10 s to stop, always restarted. */
  public static ProcessSpec of(String name, List<String> command, Path folder, ReadyCheck ready) {
    return new ProcessSpec(
        name,
        command,
        Map.of(),
        folder,
        ready,
        Duration.ofSeconds(60),
        StopSignal.TERM,
        Duration.ofSeconds(10),
        RestartPolicy.always());
  }

  /** The same with these variables only. */
  public ProcessSpec withEnvironment(Map<String, String> variables) {
    return new ProcessSpec(
        name,
        command,
        variables,
        workingDirectory,
        ready,
        readyTimeout,
        stopSignal,
        stopTimeout,
        restart);
  }

  /** The same with another time to become ready. */
  public ProcessSpec withReadyTimeout(Duration timeout) {
    return new ProcessSpec(
        name,
        command,
        environment,
        workingDirectory,
        ready,
        timeout,
        stopSignal,
        stopTimeout,
        restart);
  }

  /** The same, stopped another way. */
  public ProcessSpec withStop(StopSignal signal, Duration timeout) {
    return new ProcessSpec(
        name,
        command,
        environment,
        workingDirectory,
        ready,
        readyTimeout,
        signal,
        timeout,
        restart);
  }

  /** The same with another restart policy. */
  public ProcessSpec withRestart(RestartPolicy policy) {
    return new ProcessSpec(
        name,
        command,
        environment,
        workingDirectory,
        ready,
        readyTimeout,
        stopSignal,
        stopTimeout,
        policy);
  }
}
