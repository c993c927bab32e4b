package facesort.ops.schema;

import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.schemas.RegistryUnavailableException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "check",
    description = "Compare every schema with all registered versions, both ways; change nothing.",
    footer = {
      "",
      "Exits with 1 when one is incompatible.",
      "",
      "Examples:",
      "  facesort schemas check",
      "  facesort schemas check --registry-url http://registry:8081/apis/ccompat/v7 -o json"
    })
final class SchemasCheck implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();
  @Mixin RegistryOptions registry = new RegistryOptions();

  @Override
  public Integer call() {
    try {
      return Verdicts.print(common.output(), registry.registration(common.data()).check()).code();
    } catch (RegistryUnavailableException e) {
      throw CommandException.error(e.getMessage() + ": is it running?", e);
    }
  }
}
