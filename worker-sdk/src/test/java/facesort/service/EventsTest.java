package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.AvroCodec;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.schemas.WorkerState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class EventsTest {

  private static final AvroCodec CODEC = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);

  private final Events events = new Events(CODEC, "ingest");

  @Test
  void record_carriesTheAttributesOfCloudEvents() {
    var record = events.record(Topics.JOB_CONTROL, "job", control("event-1"));

    assertThat(headers(record))
        .isEqualTo(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "event-1",
                "ce_source", "/facesort/ingest",
                "ce_type", "job.control"));
  }

  @Test
  void record_isTheSameBelowItsHeaders() {
    var plain = new Events(CODEC).record(Topics.JOB_CONTROL, "job", control("event-1"));
    var record = events.record(Topics.JOB_CONTROL, "job", control("event-1"));

    assertThat(record.value()).isEqualTo(plain.value());
    assertThat(record.key()).isEqualTo(plain.key());
    assertThat(headers(plain)).isEmpty();
  }

  @Test
  void heartbeat_isNoEvent_andHasNoAttributes() {
    var beat =
        WorkerHeartbeat.newBuilder()
            .setWorkerId("worker")
            .setOccurredAt(Instant.EPOCH)
            .setService("service")
            .setRole("")
            .setSlot(0)
            .setVersion("1")
            .setDevice("")
            .setState(WorkerState.READY)
            .setStartedAt(Instant.EPOCH)
            .setPartitions(List.of())
            .setInFlight(List.of())
            .build();

    assertThat(headers(events.record(Topics.WORKER_HEARTBEAT, "worker", beat))).isEmpty();
    assertThat(headers(events.tombstone(Topics.WORKER_HEARTBEAT, "worker"))).isEmpty();
  }

  private static JobControl control(String eventId) {
    return JobControl.newBuilder()
        .setEventId(eventId)
        .setOccurredAt(Instant.EPOCH)
        .setJobId("job")
        .setOwnerId("owner")
        .setCommand(JobCommand.CANCEL)
        .build();
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    return Arrays.stream(record.headers().toArray())
        .collect(
            Collectors.toMap(
                header -> header.key(),
                header -> new String(header.value(), StandardCharsets.UTF_8)));
  }
}
