package facesort.ops.job;

import facesort.ops.api.Explanation;
import facesort.ops.api.Explanation.Rule;
import facesort.ops.api.Explanation.Step;
import facesort.ops.api.Reply;
import facesort.ops.api.ServiceOptions;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells a photo's way from upload to delivery, and the first rule that stopped it. */
@Command(
    name = "explain",
    description = "Tell a photo's way step by step, and why a friend does not get it.",
    footer = {
      "",
      "Examples:",
      "  facesort explain JOB --photo p00003-1a2b3c4d",
      "  facesort explain JOB --photo p00003-1a2b3c4d --friend anna -o json"
    })
public final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "JOB", description = "Id printed at submission.")
  String jobId = "";

  @Option(
      names = "--photo",
      required = true,
      paramLabel = "PHOTO",
      description = "Id of the photo: facesort job events JOB lists them.")
  String photoId = "";

  @Option(names = "--friend", paramLabel = "FRIEND", description = "What about this friend?")
  @Nullable String friendId;

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin ServiceOptions services = new ServiceOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    Reply<Explanation> reply =
        services
            .projector(common.data())
            .explain(jobId, photoId, friendId)
            .orElseThrow(() ->
                new CommandException(
                    ExitCode.NOT_FOUND, "no photo %s in job %s".formatted(photoId, jobId)));
    print(output, reply.value());
    Replies.end(output, reply);
    return ExitCode.DONE.code();
  }

  private static void print(Output output, Explanation explanation) {
    output.say(output.bold(explanation.photoId()) + "  " + explanation.verdict());
    @Nullable Rule why = explanation.whyNot();
    if (why != null) {
      output.say(
          "why not     %s: %s (%s)"
              .formatted(
                  output.bad(why.rule()),
                  Replies.text(why.text()),
                  Replies.place(why.topic(), why.partition(), why.offset())));
    }
    Table table = Table.of("step", "time", "record", "what", "figures");
    for (Step step : explanation.steps()) {
      table.row(
          step.step(),
          Replies.time(step.at()),
          Replies.place(step.topic(), step.partition(), step.offset()),
          Replies.text(step.text()),
          facts(step.facts()));
    }
    output.say(table);
  }

  /** The plain ones: what has parts of its own is for programs. */
  private static String facts(@Nullable Map<String, Object> facts) {
    return facts == null
        ? ""
        : new TreeMap<>(facts)
            .entrySet().stream()
                .filter(fact ->
                    !(fact.getValue() instanceof Iterable || fact.getValue() instanceof Map))
                .map(fact -> fact.getKey() + "=" + fact.getValue())
                .collect(Collectors.joining(" "));
  }
}
