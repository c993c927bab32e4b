package facesort.ops.worker;

import facesort.ops.api.Reply;
import facesort.ops.api.ServiceOptions;
import facesort.ops.api.Workers;
import facesort.ops.api.Workers.InFlight;
import facesort.ops.api.Workers.Instance;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the instances of all services. */
@Command(
    name = "workers",
    description =
        "Show the instances of all services: who lives, what each works on, what is stuck.",
    footer = {
      "",
      "LATE: its heartbeat is overdue. LOST: nothing for long, its work went to others. STOPPED: it said so.",
      "",
      "Examples:",
      "  facesort workers",
      "  facesort workers -o json | jq '.workers[] | select(.liveness != \"LIVE\")'"
    })
public final class WorkersCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Reply<Workers> reply = services.projector(common.data()).workers();
    output.say(instances(reply.value()));
    Table stuck = Table.of("stuck task", "job", "worker", "age");
    boolean any = false;
    for (Instance instance : reply.value().workers()) {
      for (InFlight task : instance.working().stream().filter(InFlight::stuck).toList()) {
        any = true;
        stuck.row(
            text(task.taskId()),
            text(task.jobId()),
            instance.workerId(),
            seconds(task.ageSeconds()));
      }
    }
    if (any) {
      output.say("");
      output.say(stuck);
    }
    if (reply.stale()) {
      output.say(reply.warning());
    }
    output.resultLine(reply.json());
    return ExitCode.DONE.code();
  }

  private static Table instances(Workers workers) {
    Table table =
        Table.of(
            "worker",
            "slot",
            "liveness",
            "heard",
            "state",
            "device",
            "processed",
            "failed",
            "a minute",
            "in flight",
            "stuck");
    for (Instance worker : workers.workers()) {
      table.row(
          name(worker),
          worker.slot(),
          worker.liveness(),
          seconds(worker.ageSeconds()),
          text(worker.state()),
          worker.device() == null ? "" : worker.device(),
          worker.processed(),
          worker.failed(),
          worker.perMinute() == null ? "-" : String.format(Locale.ROOT, "%.0f", worker.perMinute()),
          worker.working().size(),
          worker.stuck());
    }
    return table;
  }

  private static String name(Instance worker) {
    return worker.role() == null || worker.role().isEmpty()
        ? worker.service()
        : worker.service() + " " + worker.role();
  }

  private static String text(@Nullable String value) {
    return value == null ? "-" : value;
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.0f s", seconds);
  }
}
