package facesort.ingest;

import facesort.local.StackAddresses;
import facesort.schemas.TopicCreation;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ObjectStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service in this JVM, on the test stack. */
public final class RunningIngest implements AutoCloseable {

  private static final Path SPOOL = Path.of("target", "spool");

  /** A new stack gives the schemas other ids. */
  private static final Path SCHEMA_CACHE =
      Path.of("target", "schema-cache-%d.json".formatted(ProcessHandle.current().pid()));

  private final ConfigurableApplicationContext context;

  private RunningIngest(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it; the topics are made if they are missing. */
  public static RunningIngest start(StackAddresses stack, Class<?>... replacements) {
    createTopics(stack);
    var sources =
        Stream.concat(Stream.of(IngestApplication.class), Stream.of(replacements))
            .toArray(Class<?>[]::new);
    return new RunningIngest(
        new SpringApplicationBuilder(sources).run(arguments(stack, SPOOL).toArray(String[]::new)));
  }

  /** The settings that lead to the stack. */
  public static List<String> arguments(StackAddresses stack, Path spool) {
    var arguments = new ArrayList<String>();
    arguments.add("--facesort.kafka.bootstrap-servers=" + stack.bootstrapServers());
    arguments.add("--facesort.registry.url=" + stack.registryUrl());
    arguments.add("--facesort.registry.auto-register=true");
    arguments.add("--facesort.registry.ids-file=target/no-ids.json");
    arguments.add("--facesort.registry.cache-file=" + SCHEMA_CACHE);
    arguments.add("--facesort.storage.endpoint=" + stack.s3Endpoint());
    arguments.add("--facesort.storage.region=" + stack.s3Region());
    arguments.add("--facesort.storage.access-key=" + stack.s3AccessKey());
    arguments.add("--facesort.storage.secret-key=" + stack.s3SecretKey());
    arguments.add("--facesort.storage.bucket=" + stack.bucket());
    arguments.add("--facesort.ingest.spool-dir=" + spool);
    return arguments;
  }

  /** Makes the topics of the catalogue. */
  public static void createTopics(StackAddresses stack) {
    try (var admin = new KafkaClients(stack.bootstrapServers()).admin()) {
      var _ = TopicCreation.createMissing(admin, (short) 1);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Its HTTP interface in the name of an owner. */
  public IngestClient client(String ownerId) {
    return new IngestClient(
        context.getEnvironment().getRequiredProperty("local.server.port", int.class), ownerId);
  }

  /** What the topics hold. */
  public TopicRecords topics() {
    return new TopicRecords(context.getBean(KafkaClients.class), context.getBean(Events.class));
  }

  /** The bucket. */
  public ObjectStore store() {
    return context.getBean(ObjectStore.class);
  }

  /** Where large parts wait. */
  public static Path spool() {
    return SPOOL;
  }

  @Override
  public void close() {
    context.close();
  }
}
