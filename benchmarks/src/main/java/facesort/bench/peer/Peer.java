package facesort.bench.peer;

import facesort.bench.stack.BenchStack;
import facesort.schemas.AvroCodec;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.KafkaClients;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What every peer is told and does: a task is decoded, encoded and sent on under the same key.
 *
 * @param group its consumer group and the prefix of its transactional id
 * @param batch most records of a poll
 */
record Peer(
    KafkaClients clients,
    AvroCodec codec,
    Topic<TaskQueued> in,
    Topic<TaskQueued> out,
    String group,
    int batch) {

  static Peer of(Map<String, String> environment) {
    return new Peer(
        new KafkaClients(variable(environment, "FACESORT_KAFKA_BOOTSTRAPSERVERS")),
        BenchStack.codec(
            URI.create(variable(environment, "FACESORT_REGISTRY_URL")),
            Path.of(variable(environment, "FACESORT_REGISTRY_CACHEFILE"))),
        BenchStack.topic(variable(environment, "BENCH_IN")),
        BenchStack.topic(variable(environment, "BENCH_OUT")),
        variable(environment, "BENCH_GROUP"),
        Integer.parseInt(variable(environment, "BENCH_BATCH")));
  }

  Map<String, Object> consumer() {
    Map<String, Object> settings = clients.consumer(group);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch);
    return settings;
  }

  ProducerRecord<byte[], byte[]> answer(ConsumerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        out.name(), record.key(), codec.encode(out, codec.decode(in, record.value())));
  }

  private static String variable(Map<String, String> environment, String name) {
    @Nullable String value = environment.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the variable " + name + " is not set");
    }
    return value;
  }
}
