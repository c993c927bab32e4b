package facesort.service;

import facesort.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The one place with client settings; Kafka Streams, which has clients of its own, takes the times
 * from here. Keys and values are bytes everywhere ({@link Events} turns them into events). The maps
 * are fresh copies that the caller may add to.
 */
public final class KafkaClients {

  /** How long a broker waits for a silent member before it gives its partitions away. */
  public static final int SESSION_MILLIS = 6_000;

  /** How often a member says that it lives. */
  public static final int HEARTBEAT_MILLIS = 500;

  /** An abandoned transaction stalls read_committed readers this long at most. */
  public static final int TRANSACTION_MILLIS = 10_000;

  /**
   * Most bytes of one fetch where a backlog must not fill the heap; a larger record still comes. A
   * partition that waits keeps the whole fetch alive that it came in.
   */
  public static final int FETCH_BYTES = 2 * 1024 * 1024;

  private static final int MAX_BLOCK_MILLIS = 5_000;

  /** The topics' own limits decide: whatever a topic took must fit into its dead letters. */
  private static final int LARGEST_REQUEST = 16 * Topics.MAX_RECORD_BYTES;

  private final String bootstrapServers;

  /** For the broker at host:port. */
  public KafkaClients(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Settings of a consumer in a group: committed records only, offsets never committed by itself.
   */
  public Map<String, Object> consumer(String groupId) {
    var settings = reader();
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, StickyAssignor.class.getName());
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MILLIS);
    return settings;
  }

  /**
   * As {@link #consumer}, as a static member: a successor with the same instance id has its
   * partitions at once, and of two that live the newer works.
   */
  public Map<String, Object> staticMember(String groupId, String instanceId) {
    var settings = consumer(groupId);
    settings.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instanceId);
    return settings;
  }

  /** Settings of a consumer outside any group, for those who assign partitions themselves. */
  public Map<String, Object> reader() {
    var settings = new HashMap<String, Object>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return settings;
  }

  /**
   * Settings of an idempotent producer that waits for all replicas. Uncompressed: embeddings do not
   * shrink, and some readers in other languages know gzip only.
   */
  public Map<String, Object> producer() {
    var settings = new HashMap<String, Object>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return settings;
  }

  /**
   * As {@link #producer}, with transactions that the broker aborts after 10 s.
   *
   * @param transactionalId {@code <service>-<role>-<lane>-<slot>-<thread>}
   */
  public Map<String, Object> transactional(String transactionalId) {
    var settings = producer();
    settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return settings;
  }

  /**
   * A new consumer with these settings, for one thread. That of a group tells of {@link
   * LostRecords}.
   */
  public static Consumer<byte[], byte[]> newConsumer(Map<String, Object> settings) {
    return settings.containsKey(ConsumerConfig.GROUP_ID_CONFIG)
        ? new Member(settings)
        : new Reader(settings);
  }

  /** A new producer with these settings, for any number of threads. */
  public static Producer<byte[], byte[]> newProducer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings);
  }

  /** A new administration client; the caller closes it. */
  public Admin admin() {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  private static final class Member extends KafkaConsumer<byte[], byte[]> {

    private final LostRecords lost;

    Member(Map<String, Object> settings) {
      super(
          LostRecords.noReset(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      lost = new LostRecords(settings);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      return lost.around(this, () -> super.poll(timeout));
    }

    @Override
    public long position(TopicPartition partition) {
      return lost.around(this, () -> super.position(partition));
    }
  }

  /**
   * Closed at once. It has no group to leave and commits nothing; to wait would only mean to wait
   * for the records that its last request asked for, up to half a second.
   */
  private static final class Reader extends KafkaConsumer<byte[], byte[]> {
    Reader(Map<String, Object> settings) {
      super(settings);
    }

    @Override
    public void close() {
      close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
