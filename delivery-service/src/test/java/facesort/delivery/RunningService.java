package facesort.delivery;

import facesort.local.StackAddresses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, on the stack's addresses. */
final class RunningService implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private RunningService(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static RunningService start(StackAddresses stack, Path folder, String... more) {
    var arguments = arguments(stack, folder);
    for (var argument : more) {
      arguments.removeIf(old -> old.startsWith(argument.substring(0, argument.indexOf('=') + 1)));
      arguments.add(argument);
    }
    return new RunningService(
        new SpringApplicationBuilder(DeliveryApplication.class)
            .run(arguments.toArray(String[]::new)));
  }

  /** Settings for the stack; a short time-out for answers, and no rate limit. */
  static List<String> arguments(StackAddresses stack, Path folder) {
    return new ArrayList<>(
        List.of(
            "--facesort.kafka.bootstrap-servers=" + stack.bootstrapServers(),
            "--facesort.registry.url=" + stack.registryUrl(),
            "--facesort.registry.auto-register=true",
            "--facesort.registry.ids-file=target/world/ids.json",
            "--facesort.registry.cache-file=target/world/cache-service.json",
            "--facesort.storage.endpoint=" + stack.s3Endpoint(),
            "--facesort.storage.access-key=" + stack.s3AccessKey(),
            "--facesort.storage.secret-key=" + stack.s3SecretKey(),
            "--facesort.storage.bucket=" + stack.bucket(),
            "--facesort.postgres.url=" + stack.r2dbcUrl(),
            "--facesort.postgres.username=" + stack.postgresUser(),
            "--facesort.postgres.password=" + stack.postgresPassword(),
            "--facesort.delivery.folder-root=" + folder,
            "--facesort.delivery.telegram.api-url=" + stack.telegramUrl(),
            "--facesort.delivery.telegram.token=" + stack.telegramToken(),
            "--facesort.delivery.telegram.answer-within=5s",
            "--facesort.delivery.telegram.limits=false"));
  }

  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
