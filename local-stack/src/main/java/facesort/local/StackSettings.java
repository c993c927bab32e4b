package facesort.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a local stack is told.
 *
 * @param data folder of everything it writes; created if need be
 * @param ports wanted ports
 * @param broker bootstrap servers of a broker that runs already; null: the stack runs its own
 */
public record StackSettings(Path data, Ports ports, @Nullable String broker) {
  /** Everything below the folder, every port free. */
  public static StackSettings in(Path data) {
    return new StackSettings(data, Ports.ANY, null);
  }

  /** The same with these ports. */
  public StackSettings withPorts(Ports wanted) {
    return new StackSettings(data, wanted, broker);
  }

  /** The same with a broker from elsewhere. */
  public StackSettings withBroker(String bootstrapServers) {
    return new StackSettings(data, ports, bootstrapServers);
  }
}
