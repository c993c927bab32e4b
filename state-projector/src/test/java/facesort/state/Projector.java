package facesort.state;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

  HttpResponse<String> get(String path, String owner) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url(path))).header("X-Facesort-Owner", owner).build();
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
