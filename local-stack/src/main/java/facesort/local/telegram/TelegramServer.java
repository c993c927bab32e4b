package facesort.local.telegram;

import com.sun.net.httpserver.HttpServer;
import facesort.local.telegram.Message.User;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;

/**
 * A stand-in for Telegram's Bot API: a test double, not Telegram. It answers getMe, getUpdates,
 * sendMessage, sendPhoto, sendMediaGroup and sendDocument with the real shapes and the limits that
 * matter, keeps what it received, and misbehaves on order. It reaches nobody.
 */
public final class TelegramServer implements AutoCloseable {
  private final HttpServer server;

  private TelegramServer(HttpServer server) {
    this.server = server;
  }

  /** Arguments: port and folder; the token comes from FACESORT_TELEGRAM_TOKEN. */
  public static void main(String[] args) throws IOException {
    String token = System.getenv("FACESORT_TELEGRAM_TOKEN");
    if (args.length != 2 || token == null) {
      System.err.println("usage: FACESORT_TELEGRAM_TOKEN=... TelegramServer PORT FOLDER");
      System.exit(2);
    }
    TelegramServer server = start(Integer.parseInt(args[0]), Path.of(args[1]), token);
    System.out.println("Telegram stand-in (a test double) answers at " + server.url());
  }

  /**
   * Starts it on 127.0.0.1.
   *
   * @param port 0 for a free one
   * @param folder holds {@code receipts.jsonl} and a folder of files per chat
   */
  public static TelegramServer start(int port, Path folder, String token) throws IOException {
    ReceiptLog receipts =
        ReceiptLog.open(Files.createDirectories(folder).resolve("receipts.jsonl"));
    User bot = new User(botId(token), true, "FaceSort", "facesort_bot");
    FileStore files = new FileStore(folder, receipts);
    Outbox outbox = new Outbox(bot, files, receipts, Clock.systemUTC());
    Updates updates = new Updates();
    Faults faults = new Faults();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/bot", new BotApi(token, bot, outbox, updates, faults));
    server.createContext("/control/", new ControlApi(faults, receipts, updates));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return new TelegramServer(server);
  }

  /** Root of the Bot API, without {@code /bot<token>}. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static long botId(String token) {
    int colon = token.indexOf(':');
    return colon > 0 ? Long.parseLong(token.substring(0, colon)) : 1;
  }
}
