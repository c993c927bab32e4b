package facesort.worker.faults;

import facesort.worker.kit.HoldPoint;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What seeded sources call, in the worker's process. */
public final class Seeds {
  /** System property: the broker. */
  static final String BROKER = "kit.broker";

  /** Behind the name of the file of starts: the file of lanes whose buckets have waited. */
  static final String WAITS = ".waits";

  private static final AtomicBoolean HAS_FAILED = new AtomicBoolean();

  private Seeds() {}

  /** Sends outside of every transaction, at once. */
  public static Future<RecordMetadata> sendOutside(ProducerRecord<byte[], byte[]> record) {
    Map<String, Object> settings = Map.of("bootstrap.servers", System.getProperty(BROKER));
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return producer.send(record);
    }
  }

  /** Fails the first time that it is called in a process. */
  public static void failOnce() {
    if (!HAS_FAILED.getAndSet(true)) {
      throw new IllegalStateException("seeded");
    }
  }

  /** Lets a thread of this process go on that waits at a point. */
  public static void release(String point) {
    HoldPoint.release(Path.of(System.getProperty("kit.kills")), point);
  }

  /** Notes that a bucket of this lane waits for its turn. */
  public static void waits(String lane) {
    KitStage.append(Path.of(System.getProperty(KitStage.STARTS) + WAITS), lane);
  }
}
