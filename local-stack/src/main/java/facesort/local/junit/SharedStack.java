package facesort.local.junit;

import facesort.local.LocalStack;
import facesort.local.StackAddresses;
import facesort.local.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The stack of one test JVM and how its parts are closed, last opened first. */
record SharedStack(StackAddresses addresses, List<Runnable> closings) implements AutoCloseable {
  private static final DockerImageName IMAGE = DockerImageName.parse("apache/kafka:4.3.1");

  static SharedStack start() {
    Optional<StackAddresses> external = StackAddresses.fromEnvironment(System.getenv());
    return external.isPresent() ? new SharedStack(external.get(), List.of()) : startProcesses();
  }

  private static SharedStack startProcesses() {
    List<Runnable> closings = new ArrayList<>();
    StackSettings settings = StackSettings.in(freshFolder());
    if (DockerClientFactory.instance().isDockerAvailable()) {
      KafkaContainer broker = new KafkaContainer(IMAGE);
      broker.start();
      closings.add(broker::close);
      settings = settings.withBroker(broker.getBootstrapServers());
    }
    LocalStack stack = LocalStack.start(settings, event -> {});
    closings.add(stack::close);
    return new SharedStack(stack.addresses(), closings);
  }

  /** Below the module's build folder, where its logs can be read after a failure. */
  private static Path freshFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "stack-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closings.reversed().forEach(Runnable::run);
  }
}
