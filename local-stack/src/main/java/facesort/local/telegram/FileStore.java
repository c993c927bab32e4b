package facesort.local.telegram;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Files received, kept in a folder per chat; any thread. */
final class FileStore {
  private static final String ATTACH = "attach://";
  private static final String ID_PREFIX = "AgAC";

  private final Path root;
  private final ReceiptLog receipts;

  FileStore(Path root, ReceiptLog receipts) {
    this.root = root;
    this.receipts = receipts;
  }

  static String fileId(StoredFile file) {
    return ID_PREFIX + file.sha256();
  }

  /**
   * The file a call means.
   *
   * @param name the parameter's name, under which an upload may have come
   * @param value {@code attach://part} or a file id; null when the upload carries the name itself
   */
  StoredFile resolve(Call call, String name, @Nullable String value) throws IOException {
    String part =
        value != null && value.startsWith(ATTACH) ? value.substring(ATTACH.length()) : name;
    Upload upload = call.files().get(part);
    if (upload != null) {
      return uploaded(upload);
    }
    if (value == null || value.startsWith(ATTACH)) {
      throw ApiError.badRequest("there is no " + name + " in the request");
    }
    return earlier(value);
  }

  /** Keeps the bytes on the disk and answers their path below the folder. */
  String keep(String chat, long messageId, StoredFile file) throws IOException {
    if (file.keptAs() != null) {
      return file.keptAs();
    }
    String name = messageId + "-" + file.fileName().replaceAll("[^A-Za-z0-9._-]", "_");
    Path folder = Files.createDirectories(root.resolve(chat.replaceAll("[^A-Za-z0-9_-]", "_")));
    Path path = folder.resolve(name.substring(0, Math.min(name.length(), 200)));
    try (FileChannel out =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(file.bytes());
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    return root.relativize(path).toString();
  }

  private static StoredFile uploaded(Upload upload) {
    byte[] bytes = upload.bytes();
    if (bytes.length == 0) {
      throw ApiError.badRequest("file must be non-empty");
    }
    String name = upload.fileName().isBlank() ? "file" : upload.fileName();
    return new StoredFile(name, bytes, sha256(bytes), null);
  }

  private StoredFile earlier(String fileId) throws IOException {
    Receipt receipt =
        receipts
            .byHash(fileId.startsWith(ID_PREFIX) ? fileId.substring(ID_PREFIX.length()) : "")
            .orElseThrow(() -> ApiError.badRequest("wrong file identifier/HTTP URL specified"));
    String file = String.valueOf(receipt.file());
    return new StoredFile(
        String.valueOf(receipt.filename()),
        Files.readAllBytes(root.resolve(file)),
        String.valueOf(receipt.sha256()),
        file);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
