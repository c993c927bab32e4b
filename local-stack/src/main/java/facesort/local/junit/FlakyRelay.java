package facesort.local.junit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and can be down: then it drops every connection at once. */
public final class FlakyRelay implements AutoCloseable {
  private final URI server;
  private final ServerSocket socket;
  private final AtomicInteger dropped = new AtomicInteger();
  private volatile boolean down;

  /** Relays to this server; up at first. */
  public FlakyRelay(String server) throws IOException {
    this.server = URI.create(server);
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns the address to use instead of the server's. */
  public String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** From now on no connection is served, not even an open one. */
  public void goDown() {
    down = true;
  }

  /** Serves again. */
  public void comeUp() {
    down = false;
  }

  /** Returns how many connections were dropped. */
  public int dropped() {
    return dropped.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        if (down) {
          dropped.incrementAndGet();
          client.close();
        } else {
          relay(client);
        }
      } catch (IOException e) {
        // Only close() ends accept().
        return;
      }
    }
  }

  private void relay(Socket client) throws IOException {
    Socket upstream = new Socket(server.getHost(), server.getPort());
    Thread.ofVirtual().start(() -> copy(client, upstream));
    Thread.ofVirtual().start(() -> copy(upstream, client));
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0 && !down; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // The other direction closed both ends.
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
