package facesort.local.junit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before an HTTP server, writes down what it is asked, and can have a bad day. One request a
 * connection, so that each of them is seen. Safe for use by any thread.
 */
public final class HttpRelay implements AutoCloseable {
  private static final byte[] BUSY =
      "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.ISO_8859_1);
  private static final int PIECE = 256;
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int LONGEST_HEAD = 64 * 1024;

  /** How it answers. */
  public enum Day {
    /** As the server does. */
    GOOD,
    /** 503. */
    BUSY,
    /** The connection is reset when the request is read. */
    RESETS,
    /** As the server does, 1 kB a second. */
    DRIPS,
    /** The request is read, nothing follows until the day is over. */
    SILENT
  }

  private final URI server;
  private final LoopbackServer front;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private volatile Day day = Day.GOOD;
  private volatile Day next = Day.GOOD;

  private HttpRelay(URI server) {
    this.server = server;
    this.front = new LoopbackServer(this::serve);
  }

  /** Before this server; a good day at first. */
  public static HttpRelay to(String server) {
    return new HttpRelay(URI.create(server));
  }

  /** The address to use instead of the server's. */
  public String address() {
    return front.address() + server.getRawPath();
  }

  /** From now on. */
  public void have(Day now) {
    left.set(Integer.MAX_VALUE);
    day = now;
  }

  /** After so many requests more. */
  public void haveAfter(int requests, Day then) {
    next = then;
    left.set(requests);
  }

  /** The first lines of the requests so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void serve(Socket client) throws IOException {
    String head = head(client.getInputStream());
    if (head.isEmpty()) {
      return;
    }
    asked.add(head.substring(0, head.indexOf("\r\n")));
    if (left.getAndDecrement() == 0) {
      have(next);
    }
    switch (day) {
      case GOOD -> relay(client, head, false);
      case DRIPS -> relay(client, head, true);
      case BUSY -> client.getOutputStream().write(BUSY);
      case RESETS -> client.setSoLinger(true, 0);
      case SILENT -> {
        while (day == Day.SILENT && !front.isClosed()) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && head.size() < LONGEST_HEAD; c = in.read()) {
      head.write(c);
      if (c == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private void relay(Socket client, String head, boolean slowly) throws IOException {
    try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
      Thread.ofVirtual().start(() -> copyBody(client, upstream, closing(head)));
      InputStream in = upstream.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] piece = new byte[slowly ? PIECE : 64 * PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        out.write(piece, 0, read);
        out.flush();
        if (slowly) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  /** Without an upgrade, and so that the server closes the connection behind its answer. */
  private static String closing(String head) {
    return head.replaceAll("(?im)^(connection|upgrade|http2-settings):.*\r\n", "")
        .replaceFirst("\r\n", "\r\nConnection: close\r\n");
  }

  private static void copyBody(Socket client, Socket upstream, String head) {
    try {
      OutputStream out = upstream.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      client.getInputStream().transferTo(out);
    } catch (IOException e) {
      // The answer was read to its end and both ends are closed.
    }
  }

  /** Serves nobody from now on. */
  @Override
  public void close() {
    front.close();
  }
}
