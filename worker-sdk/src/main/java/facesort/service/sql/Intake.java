package facesort.service.sql;

import facesort.schemas.FailureCode;
import facesort.schemas.Topic;
import facesort.schemas.UndecodableException;
import facesort.service.DeadLetter;
import facesort.service.sql.BatchHandler.RefusedEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a reader polled into events; what cannot be one goes to the dead letters. */
final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(30);

  private final WatermarkedReader.Setup setup;
  private final BatchHandler handler;
  private final Producer<byte[], byte[]> producer;
  private final Map<TopicPartition, Set<Long>> written = new HashMap<>();

  Intake(WatermarkedReader.Setup setup, BatchHandler handler, Producer<byte[], byte[]> producer) {
    this.setup = setup;
    this.handler = handler;
    this.producer = producer;
  }

  /** The event of a record; empty when its dead letter was written instead. */
  Optional<ReadEvent> read(ConsumerRecord<byte[], byte[]> record) {
    var original = topicOf(record, setup.deadLettersOf(), Topic::deadLetters);
    if (original.isPresent()) {
      return Optional.of(new ReadEvent(original.get(), null, record));
    }
    var topic = topicOf(record, setup.topics(), Topic::name).orElseThrow();
    var event = new ReadEvent(topic, null, record);
    try {
      if (record.value() != null) {
        event = new ReadEvent(topic, setup.events().read(topic, record), record);
      }
      handler.check(event);
      return Optional.of(event);
    } catch (UndecodableException e) {
      refuse(event, FailureCode.UNDECODABLE, String.valueOf(e.getMessage()));
    } catch (RefusedEvent e) {
      refuse(event, e.code(), String.valueOf(e.getMessage()));
    }
    return Optional.empty();
  }

  private static Optional<Topic<?>> topicOf(
      ConsumerRecord<byte[], byte[]> record,
      List<Topic<?>> topics,
      Function<Topic<?>, String> name) {
    return topics.stream().filter(topic -> name.apply(topic).equals(record.topic())).findFirst();
  }

  /**
   * Writes the dead letter and waits until the broker has it; once only, while the same records
   * come again because the database takes no rows. A dead letter has none of its own: it is logged
   * and passed over.
   *
   * @throws KafkaException when it was not written
   */
  void refuse(ReadEvent event, FailureCode code, String why) {
    var record = event.record();
    if (event.isDeadLetter()) {
      log.error(
          "{}-{}@{} passed over: {}", record.topic(), record.partition(), record.offset(), why);
      return;
    }
    var partition = new TopicPartition(record.topic(), record.partition());
    var offsets = written.computeIfAbsent(partition, none -> new HashSet<>());
    if (offsets.contains(record.offset())) {
      return;
    }
    log.warn(
        "{}-{}@{} goes to the dead letters: {} {}",
        record.topic(),
        record.partition(),
        record.offset(),
        code,
        why);
    try {
      producer
          .send(setup.deadLetters().of(record, DeadLetter.about(code, why, event.value())))
          .get(WRITE_LIMIT.toSeconds(), TimeUnit.SECONDS);
      offsets.add(record.offset());
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("dead letter was not written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while writing a dead letter", e);
    }
  }

  /** The database has these next offsets: nothing before them comes again. */
  void passed(Map<TopicPartition, Long> next) {
    next.forEach((partition, offset) ->
        written.getOrDefault(partition, new HashSet<>()).removeIf(seen -> seen < offset));
  }
}
