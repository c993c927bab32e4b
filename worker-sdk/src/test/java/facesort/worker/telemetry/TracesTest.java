package facesort.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final Instant BEGUN = Instant.parse("2026-01-01T10:00:00Z");

  private final Spans spans = new Spans();
  private final Traces traces = traces(Sampler.parentBased(Sampler.alwaysOn()));

  @Test
  void steps_areBelowTheirBatch_inTheirOrder() {
    try (var _ = traces.batch("blur", "bulk", 7)) {
      for (var name : List.of("validate", "process", "commit")) {
        traces.step(name, "blur").close();
      }
    }

    assertThat(spans.ended)
        .extracting(SpanData::getName)
        .containsExactly("validate", "process", "commit", "blur batch");
    var batch = spans.ended.getLast();
    assertThat(batch.getAttributes().get(AttributeKey.stringKey("facesort.lane")))
        .isEqualTo("bulk");
    assertThat(batch.getAttributes().get(AttributeKey.longKey("messaging.batch.message_count")))
        .isEqualTo(7);
    assertThat(spans.ended.subList(0, 3))
        .allMatch(step -> step.getParentSpanId().equals(batch.getSpanId()))
        .allMatch(step -> step.getTraceId().equals(batch.getTraceId()));
  }

  @Test
  void failedStep_saysSo_withoutItsMessage() {
    try (var step = traces.step("publish", "blur")) {
      step.failed(new IllegalStateException("a secret"));
    }

    assertThat(spans.ended.getFirst().getStatus())
        .isEqualTo(StatusData.create(StatusData.error().getStatusCode(), "IllegalStateException"));
  }

  @Test
  void headers_continueTheTraceOfTheirSource_belowASpanOfThisStage() {
    var source = record("00-" + TRACE + "-" + PARENT + "-01", "vendor=1");

    try (var _ = traces.batch("blur", "bulk", 1)) {
      var headers = traces.headersFor("blur", source, BEGUN);

      var task = spans.ended.getFirst();
      assertThat(text(headers, "traceparent"))
          .isEqualTo("00-" + TRACE + "-" + task.getSpanId() + "-01");
      assertThat(text(headers, "tracestate")).isEqualTo("vendor=1");
      assertThat(task.getParentSpanId()).isEqualTo(PARENT);
      assertThat(task.getStartEpochNanos()).isEqualTo(BEGUN.getEpochSecond() * 1_000_000_000);
    }
    assertThat(spans.ended.getFirst().getLinks())
        .singleElement()
        .satisfies(link ->
            assertThat(link.getSpanContext().getSpanId())
                .isEqualTo(spans.ended.getLast().getSpanId()));
  }

  @Test
  void headers_ofAnUnsampledTrace_continueIt_andNothingIsRecorded() {
    var headers =
        traces.headersFor("blur", record("00-" + TRACE + "-" + PARENT + "-00", ""), BEGUN);

    assertThat(text(headers, "traceparent"))
        .matches("00-" + TRACE + "-[0-9a-f]{16}-00")
        .doesNotContain(PARENT);
    assertThat(spans.ended).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331"
      })
  void malformedTraceparent_isIgnored_andANewTraceBegins(String traceparent) {
    try (var batch = traces.batch("blur", "bulk", 1)) {
      var headers = traces.headersFor("blur", record(traceparent, "vendor=1"), BEGUN);

      assertThat(text(headers, "traceparent"))
          .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]")
          .doesNotContain(TRACE)
          .doesNotContain(batch.span().getSpanContext().getTraceId());
      assertThat(headers.lastHeader("tracestate")).isNull();
    }
  }

  @Test
  void sourceWithoutTrace_beginsOne_alsoWhenNothingIsSampled() {
    var source = new ConsumerRecord<byte[], byte[]>("task.queued", 0, 0, null, new byte[0]);

    var headers = traces(Sampler.alwaysOff()).headersFor("blur", source, BEGUN);

    assertThat(text(headers, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[02]");
    assertThat(spans.ended).isEmpty();
  }

  /** Bit 0 of the flags: sampled; bit 1: the trace id is random. */
  private Traces traces(Sampler sampler) {
    var provider =
        SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    return new Traces(OpenTelemetrySdk.builder().setTracerProvider(provider).build());
  }

  private static ConsumerRecord<byte[], byte[]> record(String traceparent, String tracestate) {
    var record = new ConsumerRecord<byte[], byte[]>("task.queued", 0, 0, null, new byte[0]);
    record.headers().add("traceparent", traceparent.getBytes(StandardCharsets.US_ASCII));
    record.headers().add("tracestate", tracestate.getBytes(StandardCharsets.US_ASCII));
    return record;
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.US_ASCII);
  }

  /** Keeps what ended, in order. */
  private static final class Spans implements SpanExporter {

    private final List<SpanData> ended = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      ended.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
