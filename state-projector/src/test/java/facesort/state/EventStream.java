package facesort.state;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events. */
final class EventStream implements AutoCloseable {

  private final HttpClient http;
  private final Stream<String> lines;
  private final Iterator<String> next;

  /** An event of the stream. */
  record Event(String id, String name, String data) {}

  private EventStream(HttpClient http, Stream<String> lines) {
    this.http = http;
    this.lines = lines;
    this.next = lines.iterator();
  }

  static EventStream open(
      Projector projector, String path, String owner, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    var port = projector.context().getEnvironment().getProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-Facesort-Owner", owner)
            .header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    var http = HttpClient.newHttpClient();
    return new EventStream(
        http, http.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body());
  }

  /** The first event that is wanted; those before it are passed over. */
  Event until(Predicate<Event> wanted) {
    var id = "";
    var name = "";
    var data = "";
    while (true) {
      var line = next.next();
      if (line.startsWith("id:")) {
        id = line.substring(3);
      } else if (line.startsWith("event:")) {
        name = line.substring(6);
      } else if (line.startsWith("data:")) {
        data += line.substring(5);
      } else if (line.isEmpty()) {
        var event = new Event(id, name, data);
        if (!data.isEmpty() && wanted.test(event)) {
          return event;
        }
        data = "";
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    lines.close();
  }
}
