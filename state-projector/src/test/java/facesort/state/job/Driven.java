package facesort.state.job;

import facesort.schemas.AvroCodec;
import facesort.schemas.Cleanup;
import facesort.schemas.JobStatus;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without a broker. */
final class Driven implements AutoCloseable {

  /** Key of every record that is fed. */
  static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

  private final AvroCodec codec = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
  private final TopologyTestDriver driver;

  Driven(Path stateDir) {
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "state-projector");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.putAll(JobStreams.handlers());
    driver =
        new TopologyTestDriver(
            JobTopology.build(
                new Events(codec), new DeadLetters("state-projector"), Retention.USUAL),
            settings,
            Instant.now());
  }

  <V extends SpecificRecord> Driven write(Topic<V> topic, V event) {
    return write(topic, event, new RecordHeaders());
  }

  <V extends SpecificRecord> Driven write(Topic<V> topic, V event, Headers headers) {
    return write(topic.name(), codec.encode(topic, event), headers);
  }

  Driven write(String topic, byte @Nullable [] value, Headers headers) {
    return write(topic, KEY, value, headers);
  }

  Driven write(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(key, value, headers));
    return this;
  }

  /** Takes away what the store knows of a photo's task. */
  void forgetTask(String jobId, String photoId) {
    driver.getKeyValueStore("tasks").delete(jobId + "/" + photoId);
  }

  <V extends SpecificRecord> byte[] encoded(Topic<V> topic, V event) {
    return codec.encode(topic, event);
  }

  /** Feeds records of one topic to another, as the broker does with dead letters. */
  void hand(String topic) {
    read(topic).forEach(record -> write(topic, record.value(), record.headers()));
  }

  void passes(Duration time) {
    driver.advanceWallClockTime(time);
  }

  List<JobStatus> statuses() {
    return read(Topics.JOB_STATUS.name()).stream()
        .map(record -> codec.decode(Topics.JOB_STATUS, record.value()))
        .toList();
  }

  List<Cleanup> cleanups() {
    return read(Topics.CLEANUP.name()).stream()
        .map(record -> codec.decode(Topics.CLEANUP, record.value()))
        .toList();
  }

  /** Tasks that were queued again, in either lane. */
  List<TaskQueued> tasks(Topic<TaskQueued> lane) {
    return read(lane.name()).stream().map(record -> codec.decode(lane, record.value())).toList();
  }

  List<TestRecord<byte[], byte[]>> read(String topic) {
    var output =
        driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    return output.isEmpty() ? List.of() : output.readRecordsToList();
  }

  /** Values of everything written anywhere, inner topics included, with the topic's name. */
  List<java.util.Map.Entry<String, byte[]>> everythingWritten() {
    var values = new ArrayList<java.util.Map.Entry<String, byte[]>>();
    for (var topic : driver.producedTopicNames()) {
      for (var record : read(topic)) {
        if (record.value() != null) {
          values.add(java.util.Map.entry(topic, record.value()));
        }
      }
    }
    return values;
  }

  @Override
  public void close() {
    driver.close();
  }
}
