package facesort.ops.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes over the wire to ingest, and what its answers become. */
class MultipartIT {
  private final AtomicReference<String> body = new AtomicReference<>("");
  private final AtomicReference<String> owner = new AtomicReference<>("");
  private final List<Integer> sent = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private int status = 202;
  private String answer = "{\"job_id\":\"j1\",\"total\":2,\"photos\":[],\"repeated\":false}";
  @TempDir Path folder;

  @BeforeEach
  void startServer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/jobs",
        exchange -> {
          try (exchange) {
            body.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            owner.set(exchange.getRequestHeaders().getFirst("X-Facesort-Owner"));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void submit_sendsTheJobAndEveryFileInOrder() throws Exception {
    List<Path> photos = List.of(file("ä \"1\".jpg", "first"), file("2.jpg", "second"));

    JobAccepted accepted = ingest().submit(new NewJob("party", "key", "auto"), photos, sent::add);

    assertThat(accepted.jobId()).isEqualTo("j1");
    assertThat(owner).hasValue("ann");
    assertThat(body.get())
        .containsSubsequence(
            "name=\"job\"\r\nContent-Type: application/json\r\n\r\n",
            "{\"name\":\"party\",\"idempotency_key\":\"key\",\"release\":\"auto\"}\r\n--facesort-",
            "name=\"photos\"; filename=\"ä %221%22.jpg\"\r\n",
            "\r\n\r\nfirst\r\n--facesort-",
            "filename=\"2.jpg\"",
            "\r\n\r\nsecond\r\n--facesort-");
    assertThat(body.get()).endsWith("--\r\n");
    assertThat(sent).containsExactly(1, 2);
  }

  @Test
  void submit_saysWhatIngestSaid_whenItRefuses() {
    status = 409;
    answer = "{\"title\":\"Conflict\",\"detail\":\"other photos under this key\",\"code\":\"KEY\"}";

    assertThatThrownBy(() -> ingest().submit(new NewJob(null, "key", "auto"), List.of(), sent::add))
        .isInstanceOf(CommandException.class)
        .hasMessage("ingest answered 409 KEY: other photos under this key");
  }

  @Test
  void submit_saysWhatToDo_whenNobodyAnswers() {
    IngestApi ingest = ingest();
    server.stop(0);

    assertThatThrownBy(() -> ingest.submit(new NewJob(null, "key", "auto"), List.of(), sent::add))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.ERROR))
        .hasMessageContaining("facesort up --detach");
  }

  @Test
  void job_isEmpty_whenTheProjectorDoesNotKnowIt() {
    status = 404;

    assertThat(new ProjectorApi(url(), "ann").job("j2")).isEmpty();
  }

  private IngestApi ingest() {
    return new IngestApi(url(), "ann");
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private Path file(String name, String text) throws Exception {
    return Files.writeString(folder.resolve(name), text);
  }
}
