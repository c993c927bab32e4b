package facesort.local.telegram;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages that took effect, one JSON line each, on the disk before anybody is told. */
final class ReceiptLog {
  private final FileChannel channel;
  private final List<Receipt> receipts;

  private ReceiptLog(FileChannel channel, List<Receipt> receipts) {
    this.channel = channel;
    this.receipts = receipts;
  }

  /** Reads what is there; a last line cut off by a kill was never answered and is dropped. */
  static ReceiptLog open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
    channel.position(channel.size());
    List<Receipt> receipts = new ArrayList<>();
    whole.lines().forEach(line -> receipts.add(Json.MAPPER.readValue(line, Receipt.class)));
    return new ReceiptLog(channel, receipts);
  }

  /** Returns when all of them are on the disk. */
  synchronized void append(List<Receipt> added) throws IOException {
    StringBuilder lines = new StringBuilder();
    added.forEach(receipt -> lines.append(Json.MAPPER.writeValueAsString(receipt)).append('\n'));
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(lines.toString());
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
    receipts.addAll(added);
  }

  synchronized List<Receipt> all() {
    return List.copyOf(receipts);
  }

  synchronized long lastMessageId() {
    return receipts.stream().mapToLong(Receipt::messageId).max().orElse(0);
  }

  /** The newest receipt of a file with this hash. */
  synchronized Optional<Receipt> byHash(String sha256) {
    return receipts.reversed().stream()
        .filter(receipt -> sha256.equals(receipt.sha256()))
        .findFirst();
  }
}
