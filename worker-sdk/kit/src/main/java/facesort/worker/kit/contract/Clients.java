package facesort.worker.kit.contract;

import facesort.local.StackAddresses;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.service.StoredObject;
import facesort.worker.kit.ClientSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * The test's own clients of the stack. Safe for use by many threads.
 *
 * @param stack the stack
 * @param folder of the test's files
 * @param kafka Kafka's clients
 * @param admin asks the broker
 * @param events encodes and decodes
 * @param s3 the store's client
 * @param store the bucket
 */
public record Clients(
    StackAddresses stack,
    Path folder,
    KafkaClients kafka,
    Admin admin,
    Events events,
    S3AsyncClient s3,
    ObjectStore store)
    implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final long RETRY_MILLIS = 20;

  /** Opens them, for a test of this name. */
  public static Clients on(StackAddresses stack, String name) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "contract", name));
    ServiceSettings settings = ClientSettings.of(stack, folder);
    ServiceSettings.Registry registry = settings.registry();
    AvroCodec codec =
        AvroCodec.open(
            new CodecConfig(registry.url(), LIMIT, registry.idsFile(), registry.cacheFile(), true));
    S3AsyncClient s3 = new ServiceConfiguration().s3(settings);
    return new Clients(
        stack,
        folder,
        new KafkaClients(stack.bootstrapServers()),
        admin(stack.bootstrapServers()),
        new Events(codec),
        s3,
        new ObjectStore(s3, stack.bucket()));
  }

  /** Soon asks again: each question about a group of the classic protocol is asked twice. */
  private static Admin admin(String bootstrapServers) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
            RETRY_MILLIS));
  }

  /** The settings of a worker in this JVM. */
  List<String> settings() {
    return Stream.of(
            "kafka.bootstrap-servers=" + stack.bootstrapServers(),
            "registry.url=" + stack.registryUrl(),
            "registry.ids-file=" + folder.resolve("ids.json"),
            "registry.cache-file=" + folder.resolve("cache.json"),
            "registry.auto-register=true",
            "storage.endpoint=" + stack.s3Endpoint(),
            "storage.region=" + stack.s3Region(),
            "storage.access-key=" + stack.s3AccessKey(),
            "storage.secret-key=" + stack.s3SecretKey(),
            "storage.bucket=" + stack.bucket())
        .map(setting -> "--facesort." + setting)
        .toList();
  }

  /** What a task is made from. */
  public Given given(String ownerId, String jobId, String photoId) {
    return new Given(ownerId, jobId, photoId, store);
  }

  /** Creates these inputs, and the contract's topics and the outputs where they are missing. */
  public void create(List<? extends Topic<?>> inputs, List<Topic<?>> outputs) throws Exception {
    var _ = TopicCreation.createMissing(admin, (short) 1);
    Set<String> there = admin.listTopics().names().get();
    List<NewTopic> wanted = new ArrayList<>();
    for (Topic<?> input : inputs) {
      wanted.add(topic(input));
      wanted.add(
          new NewTopic(input.deadLetters(), input.partitions(), (short) 1)
              .configs(input.deadLetterSettings()));
    }
    outputs.stream()
        .filter(output -> !there.contains(output.name()))
        .forEach(output -> wanted.add(topic(output)));
    admin.createTopics(wanted).all().get();
  }

  private static NewTopic topic(Topic<?> topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings());
  }

  /** A new producer; the caller closes it. */
  public Producer<byte[], byte[]> producer() {
    return KafkaClients.newProducer(kafka.producer());
  }

  /** Members of these groups now. */
  List<String> members(List<String> groups) {
    List<String> members = new ArrayList<>();
    for (String group : groups) {
      members.addAll(members(admin, group));
    }
    return members;
  }

  private static List<String> members(Admin admin, String group) {
    try {
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(found -> found.members().stream())
          .map(MemberDescription::consumerId)
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return List.of();
      }
      throw new IllegalStateException("The members of " + group + " are not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** All keys in the bucket. */
  Set<String> keys() {
    List<StoredObject> objects = store.list("").collectList().block(LIMIT);
    Set<String> keys = new HashSet<>();
    if (objects != null) {
      objects.forEach(object -> keys.add(object.key()));
    }
    return keys;
  }

  @Override
  public void close() {
    admin.close();
    s3.close();
  }
}
