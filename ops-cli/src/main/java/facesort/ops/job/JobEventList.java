package facesort.ops.job;

import facesort.ops.api.JobEvents;
import facesort.ops.api.JobEvents.Event;
import facesort.ops.api.Reply;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "events",
    description = "Print the history of a job: each event and where its record stands.",
    footer = {
      "",
      "Examples:",
      "  facesort job events JOB",
      "  facesort job events JOB --photo p00003-1a2b3c4d",
      "  facesort job events JOB --limit 500 --offset 500 -o json"
    })
final class JobEventList implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "Id printed at submission.")
  String jobId = "";

  @Option(names = "--photo", paramLabel = "PHOTO", description = "Only events of this photo.")
  @Nullable String photoId;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100).")
  int limit = 100;

  @Option(names = "--offset", paramLabel = "N", description = "Pass over so many first.")
  long offset;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Reply<JobEvents> reply =
        services
            .projector(common.data())
            .events(jobId, photoId, limit, offset)
            .orElseThrow(() -> JobWatch.unknown(jobId));
    JobEvents events = reply.value();
    Table table = Table.of("time", "record", "run", "photo", "friend", "what");
    for (Event event : events.events()) {
      table.row(
          Replies.time(event.at()),
          Replies.place(event.topic(), event.partition(), event.offset()),
          Replies.text(event.run()),
          Replies.text(event.photoId()),
          Replies.text(event.friendId()),
          Replies.text(event.summary()));
    }
    output.say(table);
    long shown = offset + events.events().size();
    if (shown < events.total()) {
      output.say(
          "Events %d to %d of %d: --offset %d shows the next."
              .formatted(offset + 1, shown, events.total(), shown));
    }
    Replies.end(output, reply);
    return ExitCode.DONE.code();
  }
}
