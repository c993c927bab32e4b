package facesort.e2e.apicurio;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.serde.Default4ByteIdHandler;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.config.IdOption;
import io.apicurio.registry.serde.config.SerdeConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Reads every record with the key {@code facesort} of the named topics with Apicurio's deserializer
 * and writes each again with its serializer, under the key {@code apicurio}. Arguments: bootstrap
 * servers, address of the registry's own API, topics with one partition.
 */
public final class ApicurioEcho {

  private static final String KEY = "apicurio";

  private ApicurioEcho() {}

  /** Prints how many records it wrote; ends with an exception, and so code 1, if one fails. */
  public static void main(String[] arguments) throws ExecutionException, InterruptedException {
    var all = List.of(arguments);
    var partitions =
        all.subList(2, all.size()).stream().map(topic -> new TopicPartition(topic, 0)).toList();
    var config =
        Map.<String, Object>of(
            "bootstrap.servers",
            all.get(0),
            SchemaResolverConfig.REGISTRY_URL,
            all.get(1),
            SerdeConfig.ID_HANDLER,
            Default4ByteIdHandler.class.getName(),
            SerdeConfig.USE_ID,
            IdOption.contentId.name(),
            SchemaResolverConfig.FIND_LATEST_ARTIFACT,
            true);
    var records = read(config, partitions);
    write(config, records);
    System.out.println(records.size());
  }

  private static List<ConsumerRecord<String, GenericRecord>> read(
      Map<String, Object> config, List<TopicPartition> partitions) {
    var records = new ArrayList<ConsumerRecord<String, GenericRecord>>();
    try (var values = new AvroKafkaDeserializer<GenericRecord>()) {
      values.configure(config, false);
      try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), values)) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream()
            .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
          for (var record : consumer.poll(Duration.ofSeconds(1))) {
            if (record.key().equals("facesort")) {
              records.add(record);
            }
          }
        }
      }
    }
    return records;
  }

  private static void write(
      Map<String, Object> config, List<ConsumerRecord<String, GenericRecord>> records)
      throws ExecutionException, InterruptedException {
    try (var values = new AvroKafkaSerializer<GenericRecord>()) {
      values.configure(config, false);
      try (var producer = new KafkaProducer<>(config, new StringSerializer(), values)) {
        for (var record : records) {
          producer.send(new ProducerRecord<>(record.topic(), KEY, record.value())).get();
        }
      }
    }
  }
}
