package facesort.local.process;

import java.io.IOException;
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
        case ReadyCheck.LogLine line -> log.holds(line.pattern(), logStart);
      };
    } catch (IOException | RuntimeException e) {
      // Refused connections and the like are what "not yet" looks like.
      return false;
    }
  }

  private boolean answers(ReadyCheck.Http http) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(http.uri()).timeout(ONE_CALL).build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    return status >= 200 && status <= http.highestStatus();
  }
}
