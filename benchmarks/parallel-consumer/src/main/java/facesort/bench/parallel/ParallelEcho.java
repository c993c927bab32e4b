package facesort.bench.parallel;

import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.CommitMode;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Answers every task of one topic with the same task in another, exactly once: decoded, encoded,
 * order kept by key, committed in periodic transactions. Runs until it is killed.
 *
 * <p>Variables: {@code FACESORT_KAFKA_BOOTSTRAPSERVERS}, {@code FACESORT_REGISTRY_URL}, {@code
 * FACESORT_REGISTRY_CACHEFILE}, {@code BENCH_IN}, {@code BENCH_OUT}, {@code BENCH_GROUP}, {@code
 * BENCH_BATCH}.
 */
public final class ParallelEcho {
  /** Its own default of 5 s would make a short leg wait; shorter costs it throughput. */
  private static final Duration COMMIT_EVERY = Duration.ofMillis(500);

  private final Map<String, String> environment;

  private ParallelEcho(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws InterruptedException {
    new ParallelEcho(System.getenv()).run();
    Thread.currentThread().join();
  }

  private void run() {
    AvroCodec codec =
        AvroCodec.open(
            new CodecConfig(
                URI.create(variable("FACESORT_REGISTRY_URL")),
                Duration.ofSeconds(5),
                Path.of("none"),
                Path.of(variable("FACESORT_REGISTRY_CACHEFILE")),
                true));
    Topic<TaskQueued> in = topic(variable("BENCH_IN"));
    Topic<TaskQueued> out = topic(variable("BENCH_OUT"));
    ParallelStreamProcessor<byte[], byte[]> processor =
        ParallelStreamProcessor.createEosStreamProcessor(
            ParallelConsumerOptions.<byte[], byte[]>builder()
                .ordering(ProcessingOrder.KEY)
                .commitMode(CommitMode.PERIODIC_TRANSACTIONAL_PRODUCER)
                .commitInterval(COMMIT_EVERY)
                .allowEagerProcessingDuringTransactionCommit(true)
                .consumer(new KafkaConsumer<>(consumer()))
                .producer(new KafkaProducer<>(producer()))
                .build());
    processor.subscribe(List.of(in.name()));
    processor.pollAndProduce(record ->
        new ProducerRecord<>(
            out.name(), record.key(), codec.encode(out, codec.decode(in, record.value()))));
  }

  private Properties consumer() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", variable("FACESORT_KAFKA_BOOTSTRAPSERVERS"));
    settings.put("group.id", variable("BENCH_GROUP"));
    settings.put("isolation.level", "read_committed");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", variable("BENCH_BATCH"));
    settings.put("key.deserializer", ByteArrayDeserializer.class.getName());
    settings.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return settings;
  }

  private Properties producer() {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", variable("FACESORT_KAFKA_BOOTSTRAPSERVERS"));
    settings.put("acks", "all");
    settings.put("enable.idempotence", "true");
    settings.put("transactional.id", variable("BENCH_GROUP") + "-0");
    settings.put("key.serializer", ByteArraySerializer.class.getName());
    settings.put("value.serializer", ByteArraySerializer.class.getName());
    return settings;
  }

  private static Topic<TaskQueued> topic(String name) {
    return new Topic<>(name, TaskQueued.class, "task_id", 8, Duration.ofHours(1), false);
  }

  private String variable(String name) {
    String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the variable " + name + " is not set");
    }
    return value;
  }
}
