package facesort.ops.audit;

import facesort.local.StackAddresses;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.service.KafkaClients;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Names broker and registry for commands that read topics, used as a picocli mixin. */
final class TopicOptions {
  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "Kafka, for a count from the topics (default: the local system's).")
  @Nullable String bootstrapServers;

  @Option(
      names = "--registry-url",
      paramLabel = "URL",
      description = "Root of the Confluent API (default: the local system's).")
  @Nullable URI registry;

  /**
   * What counts from the topics.
   *
   * @param data folder of the local system
   */
  TopicRecount recount(Path data) {
    String servers =
        bootstrapServers != null ? bootstrapServers : local(data, StackAddresses::bootstrapServers);
    URI address =
        registry != null ? registry : URI.create(local(data, StackAddresses::registryUrl));
    Path ids = data.resolve("services").resolve("schema-ids.json");
    Path learned = data.resolve("services").resolve("audit-schema-cache.json");
    AvroCodec codec =
        AvroCodec.open(new CodecConfig(address, REGISTRY_TIMEOUT, ids, learned, false));
    return new TopicRecount(new KafkaClients(servers), codec);
  }

  private static String local(Path data, Function<StackAddresses, String> part) {
    return StackAddresses.read(data)
        .map(part)
        .orElseThrow(() ->
            new CommandException(
                ExitCode.NOT_CHECKED,
                "no system was started in %s: name --bootstrap-servers and --registry-url"
                    .formatted(data)));
  }
}
