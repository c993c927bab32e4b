package facesort.ops.schema;

import facesort.local.StackAddresses;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.schemas.RegistryClient;
import facesort.schemas.SchemaRegistration;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names the registry, used as a picocli mixin. */
final class RegistryOptions {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description = "Root of the Confluent API (default: the local system's).")
  @Nullable URI registry;

  SchemaRegistration registration(Path data) {
    return new SchemaRegistration(new RegistryClient(address(data), TIMEOUT));
  }

  private URI address(Path data) {
    if (registry != null) {
      return registry;
    }
    return StackAddresses.read(data)
        .map(stack -> URI.create(stack.registryUrl()))
        .orElseThrow(() ->
            new CommandException(
                ExitCode.NOT_FOUND,
                "no system was started in %s: run facesort up --detach, or name --registry-url"
                    .formatted(data)));
  }
}
