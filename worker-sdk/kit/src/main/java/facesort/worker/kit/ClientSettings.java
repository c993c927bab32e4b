package facesort.worker.kit;

import facesort.local.StackAddresses;
import facesort.service.ServiceSettings;
import java.net.URI;
import java.nio.file.Path;

/** Settings of a test's own clients: those that a service has. */
public final class ClientSettings {
  private ClientSettings() {}

  /**
   * Of clients of this stack.
   *
   * @param folder of the schema ids that they learn
   */
  public static ServiceSettings of(StackAddresses stack, Path folder) {
    return new ServiceSettings(
        0,
        new ServiceSettings.Kafka(stack.bootstrapServers()),
        new ServiceSettings.Registry(
            URI.create(stack.registryUrl()),
            folder.resolve("test-ids.json"),
            folder.resolve("test-cache.json"),
            true),
        new ServiceSettings.Storage(
            URI.create(stack.s3Endpoint()),
            stack.s3Region(),
            stack.s3AccessKey(),
            stack.s3SecretKey(),
            stack.bucket()));
  }
}
