package facesort.ops.system;

import facesort.local.StackAddresses;
import facesort.ops.console.CommandException;
import facesort.schemas.RegistryClient;
import facesort.schemas.SchemaRegistration;
import facesort.schemas.SchemaRegistration.Verdict.Incompatible;
import facesort.schemas.TopicCreation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Makes the topics and schemas that the services expect. */
final class Contract {
  private static final short ONE_BROKER = 1;
  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);

  private Contract() {}

  /** Creates what is missing; throws when something is there that does not fit. */
  static void establish(StackAddresses stack, Path schemaIds) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicCreation.createMissing(admin, ONE_BROKER);
      register(stack, schemaIds);
    } catch (ExecutionException | IOException e) {
      throw CommandException.error("topics and schemas cannot be made: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.error("interrupted while making topics", e);
    }
  }

  private static void register(StackAddresses stack, Path schemaIds) throws IOException {
    RegistryClient registry = new RegistryClient(URI.create(stack.registryUrl()), REGISTRY_TIMEOUT);
    List<Incompatible> refused =
        new SchemaRegistration(registry)
            .register(schemaIds).stream()
                .filter(Incompatible.class::isInstance)
                .map(Incompatible.class::cast)
                .toList();
    if (!refused.isEmpty()) {
      throw new IllegalStateException(
          "the data folder holds incompatible schemas, wipe it or use another: " + refused);
    }
  }
}
