package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import facesort.schemas.SchemaRegistration.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that holds an old schema which ours does not fit. */
class SchemaRegistrationIT {

  private static final String OLD_CLEANUP =
      "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Cleanup\\\","
          + "\\\"namespace\\\":\\\"facesort.schemas\\\",\\\"fields\\\":[]}";

  private final Set<String> methods = new ConcurrentSkipListSet<>();
  private HttpServer server;
  private SchemaRegistration registration;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answers("/", 404, "{\"error_code\":40401,\"message\":\"no subject\"}");
    answers("/subjects/cleanup-value/versions", 200, "[1]");
    answers(
        "/subjects/cleanup-value/versions/1",
        200,
        "{\"subject\":\"cleanup-value\",\"version\":1,\"id\":3,\"schema\":\""
            + OLD_CLEANUP
            + "\"}");
    server.start();
    var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    registration = new SchemaRegistration(new RegistryClient(address, Duration.ofSeconds(5)));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void check_namesTheSubjectTheVersionAndWhy() {
    var verdicts = registration.check();

    assertThat(verdicts).hasSize(Topics.ALL.size());
    var incompatible = incompatible(verdicts);
    assertThat(incompatible).extracting(Verdict::subject).containsExactly("cleanup-value");
    assertThat(incompatible.getFirst().reasons())
        .anySatisfy(reason ->
            assertThat(reason)
                .startsWith("version 1, new readers of old records")
                .contains("event_id"));
  }

  @Test
  void register_touchesNothingWhenOneSubjectIsIncompatible(@TempDir Path folder)
      throws IOException {
    var idsFile = folder.resolve("schema-ids.json");

    var verdicts = registration.register(idsFile);

    assertThat(incompatible(verdicts)).hasSize(1);
    assertThat(idsFile).doesNotExist();
    assertThat(methods).containsExactly("GET");
  }

  private static List<Verdict.Incompatible> incompatible(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(Verdict.Incompatible.class::isInstance)
        .map(Verdict.Incompatible.class::cast)
        .toList();
  }

  private void answers(String path, int status, String body) {
    server.createContext(path, exchange -> answer(exchange, status, body));
  }

  private void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      methods.add(exchange.getRequestMethod());
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
