package facesort.ops.job;

import facesort.ops.api.CommandGiven;
import facesort.ops.api.Job.CommandAnswer;
import facesort.ops.api.ProjectorApi;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what a job makes of a command, and prints it. */
final class CommandAnswers {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private CommandAnswers() {}

  /**
   * Prints the answer; ERROR when the job refused.
   *
   * @throws CommandException when there is none after 60 seconds
   */
  static ExitCode print(Output output, ProjectorApi projector, CommandGiven given) {
    CommandAnswer answer = await(projector, given);
    output.say(line(output, given, answer));
    output.result(new Answered(given.jobId(), answer));
    return answer.isAccepted() ? ExitCode.DONE : ExitCode.ERROR;
  }

  /** Prints that the command is on its way. */
  static ExitCode printGiven(Output output, CommandGiven given) {
    output.say(
        "%s %s: written, the job will answer as %s"
            .formatted(given.command(), given.jobId(), given.eventId()));
    output.result(given);
    return ExitCode.DONE;
  }

  private static CommandAnswer await(ProjectorApi projector, CommandGiven given) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      Optional<CommandAnswer> answer =
          projector.job(given.jobId()).flatMap(job -> job.answer(given.eventId()));
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
    throw new CommandException(
        ExitCode.ERROR,
        "%s is written, but the job has not answered yet: is the projector behind? See facesort job show %s"
            .formatted(given.command(), given.jobId()));
  }

  /** The answer in one line; the job's own words where it found some. */
  static String line(Output output, CommandGiven given, CommandAnswer answer) {
    String outcome =
        answer.isAccepted()
            ? "%s, run %d".formatted(output.good("accepted"), answer.run())
            : "%s %s".formatted(output.bad("refused"), answer.code());
    @Nullable String said = answer.message();
    return "%s %s: %s: %s"
        .formatted(
            given.command(),
            given.jobId(),
            outcome,
            said != null ? said : "%d photos".formatted(answer.photos()));
  }

  /** What is printed as JSON. */
  record Answered(String jobId, CommandAnswer answer) {}
}
