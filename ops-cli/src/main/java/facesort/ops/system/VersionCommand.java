package facesort.ops.system;

import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints versions. */
@Command(
    name = "version",
    description = "Print the version of FaceSort and of its Java.",
    footer = {"", "Examples:", "  facesort version", "  facesort version -o json"})
public final class VersionCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Override
  public Integer call() {
    Output output = common.output();
    String version =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("unpackaged");
    String java = Runtime.version().toString();
    output.say("facesort " + version + ", Java " + java);
    output.result(Map.of("version", version, "java", java));
    return ExitCode.DONE.code();
  }
}
