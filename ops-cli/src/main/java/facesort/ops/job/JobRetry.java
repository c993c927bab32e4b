package facesort.ops.job;

import facesort.ops.api.RetrySelection;
import facesort.ops.console.CommandException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "retry",
    description = "Try photos again that failed or were cancelled.",
    footer = {
      "",
      "A photo is meant when it fits each kind of option given; give an option again for more.",
      "Exit code 1 when the job refuses, as when no photo fits.",
      "",
      "Examples:",
      "  facesort job retry JOB --code DEADLINE",
      "  facesort job retry JOB --signature 3fa9c2d17b40     # from facesort job errors JOB",
      "  facesort job retry JOB --photo p00003-1a2b3c4d --photo p00007-5e6f7a8b"
    })
final class JobRetry implements Callable<Integer> {
  @Option(names = "--photo", paramLabel = "PHOTO", description = "Photo id; repeat for more.")
  List<String> photos = List.of();

  @Option(names = "--code", paramLabel = "CODE", description = "Failure code; repeat for more.")
  List<String> codes = List.of();

  @Option(
      names = "--signature",
      paramLabel = "SIG",
      description = "Failure signature, as job errors shows it; repeat for more.")
  List<String> signatures = List.of();

  @Mixin CommandOptions options = new CommandOptions();

  @Override
  public Integer call() {
    if (photos.isEmpty() && codes.isEmpty() && signatures.isEmpty()) {
      throw CommandException.usage(
          "name photos by --photo, --code or --signature; all that is left: facesort job resume");
    }
    RetrySelection selection =
        new RetrySelection(
            photos, codes.stream().map(code -> code.toUpperCase(Locale.ROOT)).toList(), signatures);
    return options.give(ingest -> ingest.retry(options.jobId, selection, options.reason));
  }
}
