package facesort.ops.system;

import facesort.local.process.Supervisor;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Shows the processes of the local system. */
@Command(
    name = "status",
    description = "Show the processes of the local system. Exit code 3 when it does not run.",
    footer = {"", "Examples:", "  facesort status", "  facesort status -o json"})
public final class StatusCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Path data = common.data();
    OptionalLong supervisor = Supervisor.holder(data);
    if (supervisor.isEmpty()) {
      output.say("Not running on " + data + ": facesort up --detach starts it.");
      output.result(new Shown(false, 0, data.toString(), List.of()));
      return ExitCode.NOT_FOUND.code();
    }
    List<RunningParts.Part> parts =
        RunningParts.read(data).map(RunningParts::parts).orElse(List.of());
    Table table = Table.of("part", "state", "process", "restarts", "since", "address");
    for (RunningParts.Part part : parts) {
      table.row(
          part.name(), part.state(), part.pid(), part.restarts(), part.since(), part.address());
    }
    output.say(table);
    output.say(
        parts.isEmpty()
            ? "Starting, supervised by process " + supervisor.getAsLong() + "."
            : "Supervised by process " + supervisor.getAsLong() + ", data in " + data + ".");
    output.result(new Shown(true, supervisor.getAsLong(), data.toString(), parts));
    return ExitCode.DONE.code();
  }

  /** What is printed as JSON. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Shown(boolean running, long supervisor, String data, List<RunningParts.Part> parts) {}
}
