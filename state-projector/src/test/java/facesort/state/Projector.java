package facesort.state;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
    var port = context.getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-Facesort-Owner", owner)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
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
