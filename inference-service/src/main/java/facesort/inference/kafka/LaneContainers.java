package facesort.inference.kafka;

import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.Heartbeat;
import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.DefaultTransactionIdSuffixStrategy;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Builds the container of a lane: one consumer thread with one producer of its own, each batch one
 * transaction. A batch that fails is rolled back and comes again, without limit.
 */
public final class LaneContainers implements AutoCloseable {
  /** Longer than any batch: the session, not this, tells that a process is dead. */
  private static final Duration LONGEST_BATCH = Duration.ofMinutes(10);

  private static final Duration STOP = Duration.ofSeconds(20);
  private static final long FIRST_PAUSE_MILLIS = 500;
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final KafkaClients clients;
  private final Events events;
  private final DeadLetters deadLetters;
  private final Heartbeat heartbeat;
  private final List<DefaultKafkaProducerFactory<byte[], byte[]>> opened = new ArrayList<>();

  /** Over what all lanes of the process share. */
  public LaneContainers(
      KafkaClients clients, Events events, DeadLetters deadLetters, Heartbeat heartbeat) {
    this.clients = clients;
    this.events = events;
    this.deadLetters = deadLetters;
    this.heartbeat = heartbeat;
  }

  /** Returns the container, not started. Its transactional id is initialised before it joins. */
  public <V extends SpecificRecord> KafkaMessageListenerContainer<byte[], byte[]> container(
      Lane<V> lane) {
    DefaultKafkaProducerFactory<byte[], byte[]> producers = producers(lane);
    ContainerProperties properties = new ContainerProperties(lane.topic().name());
    properties.setGroupId(lane.groupId());
    properties.setMessageListener(
        new BatchInTransaction<>(lane, events, deadLetters, heartbeat, template(producers)));
    properties.setKafkaAwareTransactionManager(new KafkaTransactionManager<>(producers));
    // The markers of transactions would look like records that nobody reads.
    properties.setFixTxOffsets(true);
    properties.setStopContainerWhenFenced(true);
    properties.setShutdownTimeout(STOP.toMillis());
    KafkaMessageListenerContainer<byte[], byte[]> container =
        new KafkaMessageListenerContainer<>(consumers(lane), properties);
    container.setBeanName(lane.memberId());
    container.setAfterRollbackProcessor(new DefaultAfterRollbackProcessor<>(pauses()));
    return container;
  }

  private static KafkaTemplate<byte[], byte[]> template(
      DefaultKafkaProducerFactory<byte[], byte[]> producers) {
    KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(producers);
    // A failed send makes the commit fail, which says it once, not once a record.
    template.setProducerListener(new ProducerListener<>() {});
    return template;
  }

  private LeavingConsumerFactory consumers(Lane<?> lane) {
    Map<String, Object> settings = clients.staticMember(lane.groupId(), lane.memberId());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, lane.batch());
    settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) LONGEST_BATCH.toMillis());
    return new LeavingConsumerFactory(settings);
  }

  /** One producer only, always of the same id: a successor ends what its predecessor left open. */
  private DefaultKafkaProducerFactory<byte[], byte[]> producers(Lane<?> lane) {
    String prefix = lane.memberId() + "-";
    DefaultKafkaProducerFactory<byte[], byte[]> producers =
        new DefaultKafkaProducerFactory<>(clients.transactional(prefix));
    producers.setTransactionIdPrefix(prefix);
    producers.setTransactionIdSuffixStrategy(new DefaultTransactionIdSuffixStrategy(1));
    opened.add(producers);
    producers.createProducer().close();
    return producers;
  }

  /** Closes the producers; the containers must have stopped. */
  @Override
  public void close() {
    opened.forEach(DefaultKafkaProducerFactory::destroy);
  }

  private static ExponentialBackOff pauses() {
    ExponentialBackOff pauses = new ExponentialBackOff(FIRST_PAUSE_MILLIS, 2);
    pauses.setMaxInterval(LONGEST_PAUSE_MILLIS);
    return pauses;
  }
}
