package facesort.state.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.schemas.FailureCode;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler in a topology whose one processor fails. */
class OwnTroubleHandlerTest {

  private static final byte[] POISON = "poison".getBytes(UTF_8);

  @TempDir private Path stateDir;

  @Test
  void recordThatABugMeets_goesToItsTopicsDeadLetters_withItsBytes() {
    try (var driver = failingWith(new IllegalStateException("quotes the record"))) {
      pipe(driver, "match.result");

      var dead = read(driver, "match.result-dlt").getFirst();
      assertThat(dead.value()).isEqualTo(POISON);
      assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.INTERNAL);
      assertThat(TextHeaders.text(dead.headers(), DeadLetters.ORIGIN))
          .isEqualTo("match.result-0@0");
      assertThat(TextHeaders.text(dead.headers(), DeadLetters.MESSAGE))
          .startsWith("IllegalStateException in OwnTroubleHandlerTest.java")
          .doesNotContain("quotes");
    }
  }

  @Test
  void deadLetterThatABugMeets_goesToOurOwn_withoutItsBytes() {
    try (var driver = failingWith(new IllegalStateException("bug"))) {
      pipe(driver, "faces.detected-dlt");

      var dead = read(driver, Topics.PROJECTOR_DEAD_LETTERS).getFirst();
      assertThat(dead.value()).isNull();
      assertThat(TextHeaders.text(dead.headers(), DeadLetters.ORIGIN))
          .isEqualTo("faces.detected-dlt-0@0");
    }
  }

  @Test
  void troubleThatIsNotTheRecords_endsTheThread() {
    try (var driver = failingWith(new TimeoutException("away"))) {
      assertThatThrownBy(() -> pipe(driver, "match.result"))
          .hasRootCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void bytesThatAreNoEvent_betweenTheProcessors_goToOurOwn_withTheirJob() {
    var bytes = new byte[] {1, 2, 3};
    var record = new ConsumerRecord<>("by-job", 1, 2, "job".getBytes(UTF_8), bytes);

    var dead = OwnTrouble.undecodable(record, new IllegalStateException("no event"));

    assertThat(dead.topic()).isEqualTo(Topics.PROJECTOR_DEAD_LETTERS);
    assertThat(dead.value()).isEqualTo(bytes);
    assertThat(TextHeaders.code(dead.headers())).isEqualTo(FailureCode.UNDECODABLE);
    assertThat(TextHeaders.id(dead.headers(), DeadLetters.JOB)).isEqualTo("job");
  }

  private TopologyTestDriver failingWith(RuntimeException error) {
    var topology =
        new Topology()
            .addSource(
                "in",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer(),
                "match.result",
                "faces.detected-dlt")
            .addProcessor("strip", () -> new Fails(error), "in");
    var settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "state-projector");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
    settings.putAll(JobStreams.handlers());
    return new TopologyTestDriver(topology, settings);
  }

  private record Fails(RuntimeException error)
      implements Processor<byte[], byte[], byte[], byte[]> {

    @Override
    public void process(Record<byte[], byte[]> record) {
      throw error;
    }
  }

  private static void pipe(TopologyTestDriver driver, String topic) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput("key".getBytes(UTF_8), POISON);
  }

  private static List<TestRecord<byte[], byte[]>> read(TopologyTestDriver driver, String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }
}
