package facesort.local;

import facesort.local.process.ProcessException;
import facesort.local.process.ProcessSpec;
import facesort.local.process.ReadyCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** Apicurio Registry with a file of its own; spoken to through Confluent's API. */
record SchemaRegistry(ProjectHome home, DataFolder data, Ports ports) implements Component {

  @Override
  public ProcessSpec prepare() throws IOException {
    Path folder = data.folder("registry");
    Path jar = home.built("local-stack/registry/target/lib").resolve("quarkus-run.jar");
    return ProcessSpec.of(
        "registry",
        JavaCommand.withHeap(160)
            .quickStart()
            .flags(
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + ports.registry(),
                "-Dquarkus.management.host=127.0.0.1",
                "-Dquarkus.management.port=" + ports.registryManagement(),
                "-Dapicurio.storage.kind=sql",
                "-Dapicurio.storage.sql.kind=h2",
                // Written at commit: a hard kill must not lose an id that was handed out.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + folder + "/registry;WRITE_DELAY=0")
            .jar(jar),
        folder,
        ReadyCheck.http(url() + "/subjects"));
  }

  /** Apicurio starts without any compatibility rule. */
  @Override
  public void afterReady() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + "/config"))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new ProcessException(
            "the registry refused its compatibility rule: " + answer.statusCode());
      }
    }
  }

  private String url() {
    return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(ports.registry());
  }
}
