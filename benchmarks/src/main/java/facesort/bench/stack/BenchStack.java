package facesort.bench.stack;

import facesort.local.LocalStack;
import facesort.local.StackAddresses;
import facesort.local.StackSettings;
import facesort.local.process.ProcessStatus;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.service.KafkaClients;
import facesort.worker.kit.Pause;
import facesort.worker.kit.TopicLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A fresh local stack for one run, with the contract's topics, in a folder that is removed at the
 * end.
 */
public final class BenchStack implements AutoCloseable {
  /** Of every topic of a benchmark. */
  public static final int PARTITIONS = 8;

  private static final Duration RESTART = Duration.ofMinutes(1);

  private final Path folder;
  private final LocalStack stack;
  private final AvroCodec codec;
  private final KafkaClients clients;

  private BenchStack(Path folder, LocalStack stack) {
    this.folder = folder;
    this.stack = stack;
    StackAddresses addresses = stack.addresses();
    this.clients = new KafkaClients(addresses.bootstrapServers());
    this.codec = codec(URI.create(addresses.registryUrl()), folder.resolve("schema-ids.json"));
  }

  /** Starts it; throws {@link facesort.local.process.ProcessException} when it cannot. */
  public static BenchStack start() {
    try {
      Path folder = Files.createTempDirectory("facesort-bench-");
      BenchStack bench =
          new BenchStack(folder, LocalStack.start(StackSettings.in(folder), event -> {}));
      try (Admin admin = bench.clients.admin()) {
        TopicCreation.createMissing(admin, (short) 1);
      }
      return bench;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused the topics: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the topics are created", e);
    }
  }

  /** A codec that registers what the registry lacks. */
  public static AvroCodec codec(URI registry, Path cache) {
    return AvroCodec.open(
        new CodecConfig(registry, Duration.ofSeconds(5), Path.of("none"), cache, true));
  }

  /** A topic of tasks that no contract knows. */
  public static Topic<TaskQueued> topic(String name) {
    return new Topic<>(name, TaskQueued.class, "task_id", PARTITIONS, Duration.ofHours(1), false);
  }

  /**
   * Creates topics and their dead letters; returns when they can be written. Records get the time
   * at which the broker appends them, so that every program is measured by the same clock.
   */
  public void create(List<Topic<?>> topics) {
    Map<String, String> settings = Map.of("message.timestamp.type", "LogAppendTime");
    try (Admin admin = clients.admin()) {
      List<String> names =
          topics.stream().flatMap(topic -> Stream.of(topic.name(), topic.deadLetters())).toList();
      admin
          .createTopics(
              names.stream()
                  .map(name -> new NewTopic(name, PARTITIONS, (short) 1).configs(settings))
                  .toList())
          .all()
          .get();
      names.forEach(name -> TopicLog.awaitTopic(admin, name));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused the topics: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the topics are created", e);
    }
  }

  /**
   * SIGKILL for one of its parts; its supervisor starts it again with the same data. Returns when
   * it is ready.
   */
  public void kill(String part) {
    ProcessStatus before = status(part);
    ProcessHandle.of(before.pid()).ifPresent(ProcessHandle::destroyForcibly);
    boolean isBack =
        Pause.until(
            () ->
                status(part).pid() != before.pid()
                    && status(part).state() == ProcessStatus.State.UP,
            RESTART);
    if (!isBack) {
      throw new IllegalStateException(part + " was killed and is not back within " + RESTART);
    }
  }

  private ProcessStatus status(String part) {
    return stack.supervisor().status().stream()
        .filter(status -> status.name().equals(part))
        .findFirst()
        .orElseThrow();
  }

  /** Where the parts answer. */
  public StackAddresses addresses() {
    return stack.addresses();
  }

  /** Settings of Kafka clients. */
  public KafkaClients clients() {
    return clients;
  }

  /** The codec of the driver. */
  public AvroCodec codec() {
    return codec;
  }

  /** Where a run may write. */
  public Path folder() {
    return folder;
  }

  /** What a worker or a peer is told about the stack. */
  public Map<String, String> environment(String name) {
    StackAddresses addresses = stack.addresses();
    Map<String, String> variables = new HashMap<>();
    variables.put("SERVER_PORT", "0");
    variables.put("FACESORT_KAFKA_BOOTSTRAPSERVERS", addresses.bootstrapServers());
    variables.put("FACESORT_REGISTRY_URL", addresses.registryUrl());
    variables.put("FACESORT_REGISTRY_IDSFILE", folder.resolve("schema-ids.json").toString());
    variables.put(
        "FACESORT_REGISTRY_CACHEFILE", folder.resolve(name + "-schema-cache.json").toString());
    variables.put("FACESORT_REGISTRY_AUTOREGISTER", "true");
    variables.put("FACESORT_STORAGE_ENDPOINT", addresses.s3Endpoint());
    variables.put("FACESORT_STORAGE_REGION", addresses.s3Region());
    variables.put("FACESORT_STORAGE_ACCESSKEY", addresses.s3AccessKey());
    variables.put("FACESORT_STORAGE_SECRETKEY", addresses.s3SecretKey());
    variables.put("FACESORT_STORAGE_BUCKET", addresses.bucket());
    return variables;
  }

  @Override
  public void close() {
    stack.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .map(Path::toFile)
          .forEach(file -> {
            if (!file.delete()) {
              file.deleteOnExit();
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
