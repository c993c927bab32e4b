package facesort.local.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a ready check once. */
final class Readiness {
  private static final Duration ONE_CALL = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(ONE_CALL).build();

  /** False when it is not ready or cannot be asked. */
  boolean passes(ReadyCheck check, LogFile log, long logStart) throws InterruptedException {
    try {
      return switch (check) {
        case ReadyCheck.Http http -> answers(http);
        case ReadyCheck.Tcp tcp -> accepts(tcp.port());
        case ReadyCheck.LogLine line -> log.holds(line.pattern(), logStart);
        case ReadyCheck.Custom custom -> custom.probe().ready();
      };
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      // Refused connections and the like are what "not yet" looks like.
      return false;
    }
  }

  private boolean answers(ReadyCheck.Http http) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(http.uri()).timeout(ONE_CALL).build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    return status >= 200 && status <= http.highestStatus();
  }

  private static boolean accepts(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) ONE_CALL.toMillis());
      return true;
    }
  }
}
