package facesort.local.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Accepts connections on a free port of the loopback and has each served by a thread of its own.
 */
public final class LoopbackServer implements AutoCloseable {
  private static final int BACKLOG = 100;

  private final ServerSocket socket;
  private final Connection connection;

  /**
   * Serves a connection; it is closed when this returns, and whoever asked has gone on an error.
   */
  public interface Connection {
    /** Serves this one. */
    void serve(Socket client) throws IOException;
  }

  /** Starts to accept. */
  public LoopbackServer(Connection connection) {
    this.connection = connection;
    try {
      this.socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Scheme, host and port, without a path. */
  public String address() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** True from {@link #close} on. */
  public boolean isClosed() {
    return socket.isClosed();
  }

  private void accept() {
    while (!isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Only close() ends accept().
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      connection.serve(client);
    } catch (IOException e) {
      // Whoever asked has gone.
    }
  }

  /** Accepts nobody from now on. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
