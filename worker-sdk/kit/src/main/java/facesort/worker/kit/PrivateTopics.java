package facesort.worker.kit;

import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Topics of one test, with their dead-letter topics: two that a stage reads and one that it writes.
 * The name of the service is theirs, too, so that groups, members and transactions are private.
 *
 * @param service name of the service and beginning of the topics' names
 * @param folder of the test's files
 * @param stack where it all is
 * @param clients Kafka's clients
 * @param events encodes and decodes
 */
public record PrivateTopics(
    String service, Path folder, StackAddresses stack, KafkaClients clients, Events events) {
  /** Partitions of each topic. */
  public static final int PARTITIONS = 3;

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int LARGE_BYTES = 4 * 1024 * 1024;

  /** Makes them, and the topics of the contract where they are missing. */
  public static PrivateTopics on(StackAddresses stack) {
    try {
      String service =
          "kit" + Long.toString(System.currentTimeMillis(), 36) + "-" + COUNT.incrementAndGet();
      Path folder = Files.createDirectories(Path.of("target", "faults", service));
      CodecConfig codec =
          new CodecConfig(
              URI.create(stack.registryUrl()),
              Duration.ofSeconds(5),
              folder.resolve("test-ids.json"),
              folder.resolve("test-cache.json"),
              true);
      PrivateTopics topics =
          new PrivateTopics(
              service,
              folder,
              stack,
              new KafkaClients(stack.bootstrapServers()),
              new Events(AvroCodec.open(codec)));
      topics.create();
      return topics;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create() {
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic<TaskQueued> topic : List.of(in(), interactive(), out())) {
      Map<String, String> larger = new HashMap<>(topic.settings());
      larger.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(LARGE_BYTES));
      wanted.add(new NewTopic(topic.name(), PARTITIONS, (short) 1).configs(larger));
      wanted.add(deadLetters(topic));
    }
    try (Admin admin = clients.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    create(wanted);
  }

  private static NewTopic deadLetters(Topic<?> topic) {
    return new NewTopic(topic.deadLetters(), PARTITIONS, (short) 1)
        .configs(topic.deadLetterSettings());
  }

  /** Makes the dead-letter topic of one of them again. */
  public void createDeadLetters(Topic<?> topic) {
    create(List.of(deadLetters(topic)));
  }

  /** Lets one of them take records of at most so many bytes from now on. */
  public void limit(String topic, int bytes) {
    AlterConfigOp limit =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(bytes)),
            AlterConfigOp.OpType.SET);
    try (Admin admin = clients.admin()) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(limit))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A topic cannot be limited", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Deletes one of them; returns when it is gone. */
  public void delete(String topic) {
    try (Admin admin = clients.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(topic));
    } catch (ExecutionException e) {
      throw new IllegalStateException("A topic cannot be deleted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void create(List<NewTopic> wanted) {
    try (Admin admin = clients.admin()) {
      admin.createTopics(wanted).all().get();
      for (NewTopic topic : wanted) {
        TopicLog.awaitTopic(admin, topic.name());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topics cannot be made", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the stage reads. */
  public Topic<TaskQueued> in() {
    return in(service);
  }

  /** What it reads first. */
  public Topic<TaskQueued> interactive() {
    return interactive(service);
  }

  /** What it writes. */
  public Topic<TaskQueued> out() {
    return out(service);
  }

  /** What the stage of a service of this name reads. */
  public static Topic<TaskQueued> in(String service) {
    return topic(service + ".in");
  }

  /** What it reads first. */
  public static Topic<TaskQueued> interactive(String service) {
    return topic(service + ".interactive");
  }

  /** What it writes. */
  public static Topic<TaskQueued> out(String service) {
    return topic(service + ".out");
  }

  private static Topic<TaskQueued> topic(String name) {
    return new Topic<>(
        name, TaskQueued.class, "task_id", PARTITIONS, Topics.TASK_QUEUED.retention(), false);
  }

  /** The group that reads this topic. */
  public String group(Topic<?> topic) {
    return service + (topic.name().endsWith(".interactive") ? "-interactive" : "-bulk");
  }
}
