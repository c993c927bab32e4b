package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import facesort.schemas.AvroCodec;
import facesort.schemas.FailureCode;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.service.DeadLetter;
import facesort.service.Events;
import facesort.service.Heartbeat;
import facesort.service.KafkaClients;
import facesort.service.WorkerIdentity;
import facesort.worker.telemetry.WorkerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class OutcomesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final Logger log = (Logger) LoggerFactory.getLogger(Outcomes.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final WorkerIdentity who = new WorkerIdentity("sample", "blur", 3, "1", "");
  private final Outcomes outcomes =
      new Outcomes(
          who.workerId(),
          new Heartbeat(
              who,
              new Events(new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE)),
              new KafkaClients("localhost:1"),
              Clock.systemUTC()),
          new WorkerMetrics(new SimpleMeterRegistry(), "blur"));

  @BeforeEach
  void listen() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(lines);
  }

  @Test
  void deadLetter_isOneLine_whoseKeysNameRecordWorkerTimeAndTrace() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("task.queued", 4, 17, new byte[0], new byte[0]);
    record
        .headers()
        .add(
            "traceparent",
            ("00-" + TRACE + "-b7ad6b7169203331-01").getBytes(StandardCharsets.US_ASCII));
    Answer.Final refused =
        new Answer.Refuse(DeadLetter.unattributed(FailureCode.UNDECODABLE, "no task"));

    outcomes.<SpecificRecord>tell(
        "main", List.of(Received.answered(record, refused)), Duration.ofMillis(250));

    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getMDCPropertyMap())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "topic", "task.queued",
                "partition", "4",
                "offset", "17",
                "worker", "sample-blur-3",
                "millis", "250",
                "traceId", TRACE,
                "code", "UNDECODABLE",
                "attempt", "1"));
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }
}
