package facesort.ops.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import facesort.ops.console.CommandRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The exit codes of the audit, by what a projector answers. */
class AuditCommandIT {
  private static final String CLEAN =
      "{\"jobs\":2,\"photos\":9,\"unaccounted\":0,\"expired\":1,\"unattributed\":0,\"findings\":[]}";
  private static final String MISSING =
      "{\"jobs\":2,\"photos\":9,\"unaccounted\":1,\"expired\":0,\"unattributed\":0,\"findings\":"
          + "[{\"job_id\":\"j\",\"photo_id\":\"p\",\"what\":\"gone\"}]}";

  private HttpServer projector;
  private String answer = CLEAN;
  private int status = 200;
  private boolean stale;

  AuditCommandIT() throws IOException {
    projector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void start() {
    projector.createContext(
        "/v1/audit",
        exchange -> {
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Facesort-Stale", String.valueOf(stale));
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    projector.start();
  }

  @AfterEach
  void stop() {
    projector.stop(0);
  }

  @Test
  void audit_isDone_whenEachPhotoIsAccountedForOrExpired() {
    assertThat(audit()).isZero();
  }

  @Test
  void audit_isAnError_whenAPhotoIsMissing() {
    answer = MISSING;

    assertThat(audit("--job", "j")).isEqualTo(1);
  }

  @Test
  void audit_isNotChecked_whenTheProjectorCannotTell() {
    stale = true;
    assertThat(audit()).isEqualTo(2);

    stale = false;
    status = 500;
    assertThat(audit()).isEqualTo(2);

    status = 404;
    assertThat(audit("--job", "unknown")).isEqualTo(2);

    status = 200;
    answer = "no json";
    assertThat(audit()).isEqualTo(2);
  }

  private int audit(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--projector-url";
    all[arguments.length + 1] = "http://127.0.0.1:" + projector.getAddress().getPort();
    return CommandRun.of(new AuditCommand(), all);
  }
}
