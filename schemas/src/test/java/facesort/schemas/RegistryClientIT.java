package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client makes of answers that a sound registry does not give. */
class RegistryClientIT {

  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void registryThatSaysNo_isAnAnswer() {
    answers(404, "{\"error_code\":40403,\"message\":\"no schema\"}");

    assertThat(client().schema(7)).isEmpty();
    assertThat(client().find("cleanup-value", "\"string\"")).isEmpty();
    assertThat(client().versions("cleanup-value")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | nothing here",
        "404 | {\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}",
        "401 | {\"error_code\":401,\"message\":\"who are you\"}",
        "429 | slow down",
        "500 | {\"error_code\":50001,\"message\":\"storage\"}",
        "503 | starting",
        "200 | <html>a login page</html>",
      })
  void anyOtherAnswer_isAnOutage(int status, String body) {
    answers(status, body);

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> client().schema(7));
  }

  @Test
  void refusedSchema_isSaid() {
    answers(409, "{\"error_code\":409,\"message\":\"incompatible with version 1\"}");

    assertThatIllegalStateException()
        .isThrownBy(() -> client().register("cleanup-value", "\"string\""))
        .withMessageContaining("incompatible with version 1");
  }

  @Test
  void silence_endsAfterTheTimeout() throws IOException {
    // Accepts connections in its backlog and never reads.
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var client = new RegistryClient(address(silent.getLocalPort()), TIMEOUT);

      assertThatExceptionOfType(RegistryUnavailableException.class)
          .isThrownBy(() -> client.schema(7))
          .withMessageContaining("does not answer");
    }
  }

  @Test
  void closedPort_isAnOutage() {
    server.stop(0);

    assertThatExceptionOfType(RegistryUnavailableException.class)
        .isThrownBy(() -> client().schema(7));
  }

  private RegistryClient client() {
    return new RegistryClient(address(server.getAddress().getPort()), PATIENCE);
  }

  private static URI address(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private void answers(int status, String body) {
    server.createContext("/", exchange -> answer(exchange, status, body));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
