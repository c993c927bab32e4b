package facesort.service;

import facesort.local.junit.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Answers every request with the same head and then with bytes that need not be what it says. */
final class LyingServer implements AutoCloseable {

  /** Goes on until the other side has enough of it. */
  static final long ENDLESS = Long.MAX_VALUE;

  private static final int PIECE = 1024;

  private final LoopbackServer front;
  private final String headers;
  private final long length;
  private final boolean chunked;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong hungUp = new AtomicLong();

  /**
   * Starts it.
   *
   * @param headers about the length, each with its line end
   * @param length bytes that follow in truth
   */
  LyingServer(String headers, long length) {
    this.headers = headers;
    this.length = length;
    this.chunked = headers.contains("chunked");
    this.front = new LoopbackServer(this::answer);
  }

  URI address() {
    return URI.create(front.address());
  }

  /** Bytes of bodies that were written to a connection. */
  long sent() {
    return sent.get();
  }

  /** Connections that the other side closed before the end. */
  long hungUp() {
    return hungUp.get();
  }

  private void answer(Socket client) {
    try (var in = client.getInputStream();
        var out = client.getOutputStream()) {
      readHead(in);
      out.write(ascii("HTTP/1.1 200 OK\r\nETag: \"x\"\r\n" + headers + "\r\n"));
      for (long left = length; left > 0; left -= PIECE) {
        send(out, (int) Math.min(PIECE, left));
      }
      if (chunked) {
        out.write(ascii("0\r\n\r\n"));
      }
    } catch (IOException e) {
      hungUp.incrementAndGet();
    }
  }

  private void send(OutputStream out, int bytes) throws IOException {
    if (chunked) {
      out.write(ascii(Integer.toHexString(bytes) + "\r\n"));
    }
    out.write(new byte[bytes]);
    if (chunked) {
      out.write(ascii("\r\n"));
    }
    sent.addAndGet(bytes);
  }

  private static void readHead(InputStream in) throws IOException {
    int ends = 0;
    for (int c = in.read(); c >= 0 && ends < 2; c = in.read()) {
      ends = c == '\n' ? ends + 1 : c == '\r' ? ends : 0;
      if (ends == 2) {
        return;
      }
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    front.close();
  }
}
