package facesort.worker.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Spans of a worker, two kinds. A batch and its steps are one trace of their own: where the time of
 * this worker goes. A task is one span in the trace of its record, which goes from service to
 * service in the headers {@code traceparent} and {@code tracestate} (W3C trace context): where the
 * time of a photo goes. A task's span links to the batch it was in.
 *
 * <p>What is not sampled costs about a microsecond a task. Any thread may call.
 */
public final class Traces {

  private static final AttributeKey<String> STAGE = AttributeKey.stringKey("facesort.stage");
  private static final AttributeKey<String> LANE = AttributeKey.stringKey("facesort.lane");
  private static final AttributeKey<Long> RECORDS =
      AttributeKey.longKey("messaging.batch.message_count");

  private final Tracer tracer;

  public Traces(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("facesort.worker");
  }

  /** Begins a batch; it and its steps are opened and closed by one thread. */
  public Step batch(String stage, String lane, int records) {
    return Step.begin(
        tracer
            .spanBuilder(stage + " batch")
            .setNoParent()
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(STAGE, stage)
            .setAttribute(LANE, lane)
            .setAttribute(RECORDS, (long) records)
            .startSpan());
  }

  /** Begins a named step of the batch that this thread is in. */
  public Step step(String name, String stage) {
    return Step.begin(tracer.spanBuilder(name).setAttribute(STAGE, stage).startSpan());
  }

  /**
   * Headers for the records that follow from this one: they continue its trace below a span of this
   * stage's work on it, which ends now, or begin a trace when it has none that can be read.
   *
   * @param begun when the work on it began
   */
  public Headers headersFor(String stage, ConsumerRecord<byte[], byte[]> source, Instant begun) {
    var w3c = W3CTraceContextPropagator.getInstance();
    var parent = w3c.extract(Context.root(), source.headers(), TextHeaders.GETTER);
    var task =
        tracer
            .spanBuilder(stage)
            .setParent(parent)
            .setSpanKind(SpanKind.CONSUMER)
            .setStartTimestamp(begun);
    var batch = Span.current().getSpanContext();
    if (batch.isSampled()) {
      task.addLink(batch);
    }
    var span = task.startSpan();
    span.end();
    var headers = new RecordHeaders();
    w3c.inject(parent.with(span), headers, TextHeaders::set);
    return headers;
  }

  /** The trace that these headers continue. */
  public static Optional<String> traceId(Headers headers) {
    var w3c = W3CTraceContextPropagator.getInstance();
    var context = w3c.extract(Context.root(), headers, TextHeaders.GETTER);
    return Optional.of(Span.fromContext(context).getSpanContext())
        .filter(SpanContext::isValid)
        .map(SpanContext::getTraceId);
  }

  /** A step that runs now; ends when it is closed, by the thread that began it. */
  public record Step(Span span, Scope scope) implements AutoCloseable {

    /** The scope is closed with the step. */
    @SuppressWarnings("MustBeClosedChecker")
    private static Step begin(Span span) {
      return new Step(span, span.makeCurrent());
    }

    /** The step did not succeed. */
    public void failed(Throwable cause) {
      span.setStatus(StatusCode.ERROR, cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }

  /** Kafka's headers as text. Whatever stands there was written by somebody else. */
  private enum TextHeaders implements TextMapGetter<Headers> {
    GETTER;

    /** Longer than any value that the standard obliges anybody to pass on. */
    private static final int LONGEST = 512;

    @Override
    public Iterable<String> keys(Headers headers) {
      return Arrays.stream(headers.toArray()).map(header -> header.key()).toList();
    }

    @Override
    public @Nullable String get(@Nullable Headers headers, String key) {
      var header = headers == null ? null : headers.lastHeader(key);
      return header == null || header.value() == null || header.value().length > LONGEST
          ? null
          : new String(header.value(), StandardCharsets.US_ASCII);
    }

    static void set(@Nullable Headers headers, String key, String value) {
      if (headers != null) {
        headers.add(key, value.getBytes(StandardCharsets.US_ASCII));
      }
    }
  }
}
