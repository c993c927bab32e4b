package facesort.bench.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import facesort.state.job.JobReplay;
import facesort.state.job.JobStreams;
import facesort.state.job.Retention;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The floor of any projector on Kafka Streams: the same topics, the same settings, the same way by
 * job, stores of the same kinds, and nothing in it. Each event goes on as {@value #INNER_BYTES}
 * bytes, as large as a stripped one; each is one read and one write of a record of {@value
 * #PHOTO_BYTES} bytes about its photo and of one of {@value #JOB_BYTES} bytes about its job.
 * Nothing is decoded or encoded.
 */
public final class EmptyTopology {
  /** Its name as an application. */
  static final String NAME = "bench-empty";

  static final int INNER_BYTES = 300;
  static final int PHOTO_BYTES = 300;
  static final int JOB_BYTES = 700;

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();
  private static final String JOBS = "jobs";
  private static final String PHOTOS = "photos";
  private static final int JOB_PARTITIONS = 4;
  private static final AtomicLong FOLDED = new AtomicLong();

  private EmptyTopology() {}

  /**
   * Runs until it is killed. Says when it runs and when it has folded all.
   *
   * @param arguments broker, state folder, jobs, photos, events
   */
  public static void main(String[] arguments) throws InterruptedException {
    Properties settings =
        JobStreams.settings(
            new JobStreams.Setup(
                arguments[0],
 0,
 Path.of(arguments[1]),
 1,
 Duration.ofMillis(100),
 Retention.USUAL));
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, NAME);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), NAME + "-0");
    int jobs = Integer.parseInt(arguments[2]);
    int photos = Integer.parseInt(arguments[3]);
    long wanted = Long.parseLong(arguments[4]);
    KafkaStreams streams = new KafkaStreams(topology(jobs, photos), settings);
    streams.setStateListener((now, before) -> System.out.println("topology is " + now));
    streams.start();
    while (FOLDED.get() < wanted) {
      Thread.sleep(Duration.ofMillis(20));
    }
    System.out.println("folded all");
    Thread.currentThread().join();
  }

  private static Topology topology(int jobs, int photos) {
    StreamsBuilder builder = new StreamsBuilder();
    for (String store : List.of(JOBS, PHOTOS)) {
      builder.addStateStore(
          Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store), Serdes.String(), BYTES)
              .withCachingEnabled());
    }
    builder.stream(JobReplay.topics(), Consumed.with(BYTES, BYTES))
        .process(() -> new Strip(jobs))
        .repartition(
            Repartitioned.with(BYTES, BYTES)
                .withName("by-job")
                .withNumberOfPartitions(JOB_PARTITIONS))
        .processValues(() -> new Touch(photos), JOBS, PHOTOS);
    return builder.build();
  }

  /** Cuts an event to the size of a stripped one, under the name of some job. */
  private static final class Strip extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final int jobs;

    Strip(int jobs) {
      this.jobs = jobs;
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
      int photo = Arrays.hashCode(event.key());
      byte[] stripped = ByteBuffer.allocate(INNER_BYTES).putInt(0, photo).array();
      byte[] job = "job-%026d".formatted(Math.floorMod(photo, jobs)).getBytes(UTF_8);
      context().forward(event.withKey(job).withValue(stripped));
    }
  }

  /** One read and one write in each store. */
  private static final class Touch extends ContextualFixedKeyProcessor<byte[], byte[], byte[]> {
    private final int photos;
    private long count;

    Touch(int photos) {
      this.photos = photos;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> event) {
      KeyValueStore<String, byte[]> jobStore = context().getStateStore(JOBS);
      KeyValueStore<String, byte[]> photoStore = context().getStateStore(PHOTOS);
      String job = new String(event.key(), UTF_8);
      int photo = Math.floorMod(ByteBuffer.wrap(event.value()).getInt(0), photos);
      touch(photoStore, job + "/" + photo, PHOTO_BYTES);
      touch(jobStore, job, JOB_BYTES);
      FOLDED.incrementAndGet();
    }

    private void touch(KeyValueStore<String, byte[]> store, String key, int size) {
      byte[] before = store.get(key);
      byte[] after = before == null ? new byte[size] : before.clone();
      store.put(key, ByteBuffer.wrap(after).putLong(0, ++count).array());
    }
  }
}
