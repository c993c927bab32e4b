package facesort.worker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What Spring Boot makes of the libraries on the class path. */
class ObservabilityIT {

  @EnableAutoConfiguration
  static class Application {}

  @Test
  void prometheus_readsTheMetrics_whenItsEndpointIsExposed() throws Exception {
    try (var application = start("management.endpoints.web.exposure.include=prometheus")) {
      var metrics = new WorkerMetrics(application.getBean(MeterRegistry.class), "blur");
      metrics.tasks("bulk", "done", "NONE", 3);
      metrics.batch("bulk", Duration.ofMillis(7));

      assertThat(get(application, "/actuator/prometheus"))
          .contains(
              "# HELP facesort_worker_tasks_total " + WorkerMetric.TASKS.sentence(),
              "facesort_worker_tasks_total{code=\"NONE\",lane=\"bulk\",outcome=\"done\",stage=\"blur\"} 3.0",
              "facesort_worker_batch_seconds_count{lane=\"bulk\",stage=\"blur\"} 1",
              "facesort_worker_in_flight{stage=\"blur\"} 0.0");
    }
  }

  @Test
  void traces_leaveTheProcess_onlyWhenACollectorIsNamed() {
    try (var application = start()) {
      assertThat(application.getBean(OpenTelemetry.class)).isInstanceOf(OpenTelemetrySdk.class);
      assertThat(application.getBeanProvider(SpanExporter.class)).isEmpty();
    }
    try (var application =
        start(
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:9/v1/traces")) {
      assertThat(application.getBeanProvider(SpanExporter.class)).hasSize(1);
    }
  }

  private static ConfigurableApplicationContext start(String... properties) {
    return new SpringApplicationBuilder(Application.class)
        .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off")
        .properties("spring.reactor.netty.shutdown-quiet-period=0s")
        .properties(properties)
        .run();
  }

  private static String get(ConfigurableApplicationContext application, String path)
      throws Exception {
    var port = application.getEnvironment().getRequiredProperty("local.server.port");
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
