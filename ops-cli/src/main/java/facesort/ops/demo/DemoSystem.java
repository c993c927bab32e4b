package facesort.ops.demo;

import facesort.local.process.Supervisor;
import facesort.ops.api.Endpoints;
import facesort.ops.console.CommandException;
import facesort.ops.console.Output;
import facesort.ops.system.Detached;
import facesort.ops.system.EventLines;
import facesort.ops.system.LocalSystem;
import facesort.ops.system.SystemSettings;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The system a demo runs on.
 *
 * @param startedHere whether the demo started it, and its folder channel delivers to OUT
 * @param startupSeconds until all services were ready, 0 when they ran already
 * @param stop stops what the demo started
 */
record DemoSystem(Endpoints endpoints, boolean startedHere, double startupSeconds, Runnable stop)
    implements AutoCloseable {

  /**
   * The system that runs on the data folder, which is left running, else a new one.
   *
   * @param keep whether the new one runs on after the demo
   */
  static DemoSystem open(Path data, OutFolder out, boolean keep, Output output) {
    if (Supervisor.holder(data).isPresent()) {
      output.say("Using the system that runs on " + data + ".");
      return new DemoSystem(Endpoints.require(data), false, 0, () -> {});
    }
    output.say(output.bold("Starting the system on " + data + "."));
    SystemSettings settings = SystemSettings.in(data, out.path());
    long start = System.nanoTime();
    return keep ? keep(settings, output, start) : run(settings, output, start);
  }

  private static DemoSystem run(SystemSettings settings, Output output, long start) {
    LocalSystem system = LocalSystem.start(settings, new EventLines(output));
    return new DemoSystem(
        system.endpoints(),
        true,
        secondsSince(start),
        () -> {
          output.say("Stopping the system.");
          system.close();
        });
  }

  private static DemoSystem keep(SystemSettings settings, Output output, long start) {
    try {
      Detached.start(settings, output);
    } catch (IOException e) {
      throw CommandException.error("the system cannot be started: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.error("interrupted while the system was started", e);
    }
    return new DemoSystem(Endpoints.require(settings.data()), true, secondsSince(start), () -> {});
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  @Override
  public void close() {
    stop.run();
  }
}
