package facesort.local;

import facesort.local.process.ProcessException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The project's root folder, below which the build has put each process's class path: {@code
 * FACESORT_HOME} (system property or variable), else the nearest folder above the working directory
 * or above this class's own file.
 *
 * @param path holds {@code local-stack/kafka/pom.xml}
 */
public record ProjectHome(Path path) {
  private static final Path MARK = Path.of("local-stack", "kafka", "pom.xml");

  /** Finds it; throws {@link ProcessException} when there is none. */
  public static ProjectHome find() {
    return find(System.getProperties(), System.getenv());
  }

  static ProjectHome find(Properties properties, Map<String, String> environment) {
    @Nullable String named =
        properties.getProperty("FACESORT_HOME", environment.get("FACESORT_HOME"));
    if (named != null) {
      return new ProjectHome(Path.of(named).toAbsolutePath().normalize());
    }
    return Stream.of(Path.of("").toAbsolutePath(), codeSource())
        .flatMap(start -> above(start).stream())
        .findFirst()
        .map(ProjectHome::new)
        .orElseThrow(
            () -> new ProcessException("the project's folder is not found: set FACESORT_HOME"));
  }

  /** A folder of built files; throws with what to run when the build has not made it. */
  public Path built(String folder) {
    Path built = path.resolve(folder);
    if (!Files.isDirectory(built)) {
      throw new ProcessException(
          "%s is missing: build it with ./facesort or mvn package".formatted(built));
    }
    return built;
  }

  private static Optional<Path> above(Path start) {
    return Stream.<Path>iterate(start, folder -> folder != null, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve(MARK)))
        .findFirst();
  }

  private static Path codeSource() {
    try {
      return Path.of(ProjectHome.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
