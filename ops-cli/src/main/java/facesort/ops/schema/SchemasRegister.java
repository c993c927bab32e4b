package facesort.ops.schema;

import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.schemas.RegistryUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "register",
    description = {
      "Check, then register all schemas with FULL_TRANSITIVE and write their ids to a file.",
      "When one is incompatible nothing is registered. Running it again changes nothing."
    },
    footer = {
      "",
      "Examples:",
      "  facesort schemas register --ids schema-ids.json",
      "  facesort schemas register --registry-url http://registry:8081/apis/ccompat/v7 --ids ids.json"
    })
final class SchemasRegister implements Callable<Integer> {
  @Option(
      names = "--ids",
      required = true,
      paramLabel = "FILE",
      description = "File of schema ids that services load at their start.")
  Path ids = Path.of("");

  @Mixin CommonOptions common = new CommonOptions();
  @Mixin RegistryOptions registry = new RegistryOptions();

  @Override
  public Integer call() {
    try {
      return Verdicts.print(
              common.output(), registry.registration(common.data()).register(ids.toAbsolutePath()))
          .code();
    } catch (RegistryUnavailableException e) {
      throw CommandException.error(e.getMessage() + ": is it running?", e);
    } catch (IOException e) {
      throw CommandException.error("cannot write " + ids + ": " + e, e);
    }
  }
}
