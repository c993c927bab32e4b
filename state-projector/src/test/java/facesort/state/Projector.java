package facesort.state;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service in this process, and its HTTP answers. */
record Projector(ConfigurableApplicationContext context, HttpClient http) implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static Projector start(String... arguments) {
    return new Projector(
        SpringApplication.run(ProjectorApplication.class, arguments), HttpClient.newHttpClient());
  }

  String url(String path) {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
  }

  /** The service in a process of its own, to be killed. */
  static Process process(Path log, List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ProjectorApplication.class.getName());
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  HttpResponse<String> get(String path, String owner) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url(path))).header("X-Facesort-Owner", owner).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Returns whether the first byte of an answer came before the client's patience ended. */
  boolean askAndHangUp(String path, String owner, Duration patience) throws IOException {
    var url = URI.create(url(path));
    try (var socket = new Socket(url.getHost(), url.getPort())) {
      // Zero would mean to wait for ever.
      socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
      var question =
          "GET %s HTTP/1.1\r\nHost: x\r\nX-Facesort-Owner: %s\r\n\r\n".formatted(path, owner);
      socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  JsonNode json(String path, String owner) throws IOException, InterruptedException {
    return JSON.readTree(get(path, owner).body());
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
