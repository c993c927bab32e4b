package facesort.ops.system;

import facesort.local.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a local system is told.
 *
 * @param data folder of everything it writes
 * @param folderRoot folder the folder channel delivers below
 * @param ports wanted ports by name ({@link #portNames}); the others are any free ones
 */
public record SystemSettings(Path data, Path folderRoot, Map<String, Integer> ports) {
  private static final Set<String> STACK =
      Set.of("kafka", "registry", "postgres", "s3", "telegram");

  public SystemSettings {
    data = data.toAbsolutePath().normalize();
    folderRoot = folderRoot.toAbsolutePath().normalize();
    ports = Map.copyOf(ports);
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      if (!portNames().contains(port.getKey()) || port.getValue() < 1 || port.getValue() > 65_535) {
        throw new IllegalArgumentException(
            "port %s=%d: NAME is one of %s, PORT from 1 to 65535"
                .formatted(port.getKey(), port.getValue(), String.join(", ", portNames())));
      }
    }
  }

  /** With any free ports. */
  public static SystemSettings in(Path data, Path folderRoot) {
    return new SystemSettings(data, folderRoot, Map.of());
  }

  /** The names a port may be given for. */
  static Set<String> portNames() {
    Set<String> names = new TreeSet<>(STACK);
    for (Service service : Service.values()) {
      names.add(service.processName());
    }
    return names;
  }

  int port(String name) {
    return ports.getOrDefault(name, 0);
  }

  Ports stackPorts() {
    return new Ports(
        port("kafka"), 0, port("registry"), 0, port("postgres"), port("s3"), port("telegram"));
  }
}
