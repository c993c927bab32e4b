package facesort.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facesort.ops.api.Job;
import facesort.ops.api.ProjectorApi;
import facesort.ops.console.Format;
import facesort.ops.console.Output;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Following a job whose projector streams, breaks off, or knows no streams. */
class JobWatchIT {
  private static final String JOB =
      "{\"job_id\":\"j\",\"state\":\"%s\",\"total\":2,\"photos\":{\"submitted\":2},\"deliveries\":{}}";

  private final HttpServer projector;
  private final List<String> resumedFrom = Collections.synchronizedList(new ArrayList<>());
  private volatile String state = "RUNNING";

  JobWatchIT() throws IOException {
    projector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    projector.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    projector.createContext("/v1/jobs/j", exchange -> answer(exchange, JOB.formatted(state)));
    projector.start();
  }

  @AfterEach
  void stop() {
    projector.stop(0);
  }

  @Test
  void untilFinished_takesTheEndFromTheStream_whichGoesOnWhereItBrokeOff() {
    projector.createContext("/v1/jobs/j/stream", this::stream);

    Job job = watch();

    assertThat(job.state()).isEqualTo("COMPLETED");
    assertThat(resumedFrom).containsExactly("", "1.0");
  }

  @Test
  void untilFinished_asks_whenThereIsNoStream() {
    projector.createContext(
        "/v1/jobs/j/stream",
        exchange -> {
          state = "CANCELLED";
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });

    assertThat(watch().state()).isEqualTo("CANCELLED");
  }

  /** The first stream breaks off after one event; the projector itself never says COMPLETED. */
  private void stream(HttpExchange exchange) throws IOException {
    String from =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Last-Event-ID"), "");
    resumedFrom.add(from);
    String event =
        from.isEmpty()
            ? ": hello\n\nid: 1.0\nevent: job\ndata: %s\n\n".formatted(JOB.formatted("MATCHED"))
            : "id: 2.0\nevent: job\ndata: %s\n\n".formatted(JOB.formatted("COMPLETED"));
    answer(exchange, event);
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private Job watch() {
    URI address = URI.create("http://127.0.0.1:" + projector.getAddress().getPort());
    return new JobWatch(new ProjectorApi(address, "demo"), Output.of(Format.JSON))
        .untilFinished("j");
  }
}
