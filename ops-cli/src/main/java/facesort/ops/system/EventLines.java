package facesort.ops.system;

import facesort.local.process.ProcessEvent;
import facesort.ops.console.Output;
import java.util.Locale;
import java.util.function.Consumer;

/** What happens to the processes, one line each; any thread. */
public record EventLines(Output output) implements Consumer<ProcessEvent> {

  @Override
  public void accept(ProcessEvent event) {
    output.say(line(event));
  }

  private String line(ProcessEvent event) {
    return switch (event) {
      case ProcessEvent.Ready ready ->
          "%s %s in %s s%s"
              .formatted(
                  ready.name(),
                  output.good("ready"),
                  String.format(Locale.ROOT, "%.1f", ready.took().toMillis() / 1000.0),
                  ready.restarts() == 0 ? "" : ", restart " + ready.restarts());
      case ProcessEvent.Restarting again ->
          "%s %s with code %d, started again in %d ms"
              .formatted(
                  again.name(), output.bad("ended"), again.exitCode(), again.delay().toMillis());
      case ProcessEvent.Ended ended ->
          "%s %s with code %d and stays down: a newer one has its place"
              .formatted(ended.name(), output.bad("ended"), ended.exitCode());
      case ProcessEvent.OrphanStopped orphan ->
          "%s of an earlier run (process %d) stopped".formatted(orphan.name(), orphan.pid());
    };
  }
}
