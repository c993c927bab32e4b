package facesort.delivery.folder;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import facesort.delivery.send.AlbumLimits;
import facesort.delivery.send.BackOff;
import facesort.delivery.send.DeliveryChannel;
import facesort.delivery.send.Item;
import facesort.delivery.send.SendOutcome;
import facesort.schemas.Channel;
import facesort.schemas.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Writes photos to {@code <root>/<address>/<photo id>-<file name>}: a whole file or none, and the
 * same bytes never twice, so a repeat is harmless. A file with other bytes is left alone and the
 * photo gets a name with its job in it.
 */
public final class FolderChannel implements DeliveryChannel {

  /** Photos are at most 50 MB; one at a time, so that a repeat is about one file. */
  private static final long MAX_BYTES = 50L * 1024 * 1024;

  private static final AlbumLimits LIMITS = new AlbumLimits(1, MAX_BYTES, MAX_BYTES, MAX_BYTES);

  private final Path root;
  private final Scheduler disk;
  private final BackOff backOff;

  /**
   * @param root folder of the friends' folders; made when missing
   * @param disk where files are written; one thread, so that no two writes meet in one name
   * @param backOff keeps requests back while the disk does not take them
   */
  public FolderChannel(Path root, Scheduler disk, BackOff backOff) {
    this.root = root;
    this.disk = disk;
    this.backOff = backOff;
  }

  @Override
  public Channel channel() {
    return Channel.FOLDER;
  }

  @Override
  public AlbumLimits limits() {
    return LIMITS;
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  @Override
  public Mono<Void> permit(String address, int photos) {
    return backOff.passed();
  }

  @Override
  public Mono<SendOutcome> send(String address, List<Item> items) {
    return Mono.fromCallable(() -> deliver(address, items)).subscribeOn(disk);
  }

  private SendOutcome deliver(String address, List<Item> items) {
    if (!FileNames.isFolder(address)) {
      return new SendOutcome.Refused(
          FailureCode.CHANNEL_REFUSED, "the contact's address is no folder name");
    }
    try {
      var folder = Files.createDirectories(root.resolve(address));
      for (var item : items) {
        if (!store(folder, item)) {
          return new SendOutcome.Refused(
              FailureCode.CHANNEL_REFUSED, "another file has the photo's name");
        }
      }
      backOff.succeeded();
      return new SendOutcome.Sent(List.of());
    } catch (IOException e) {
      return failed(items, e);
    }
  }

  /** When the root takes a file of this size, the fault is the friend's folder's own. */
  private SendOutcome failed(List<Item> items, IOException cause) {
    var kind = reason(cause);
    try {
      var probe = root.resolve(".probe");
      try {
        write(probe, items.getFirst().bytes());
      } finally {
        Files.deleteIfExists(probe);
      }
      return new SendOutcome.Refused(
          FailureCode.CHANNEL_REFUSED, "the friend's folder takes no file: " + kind);
    } catch (IOException e) {
      backOff.failed();
      return new SendOutcome.NotSent("the delivery folder takes no file: " + reason(e));
    }
  }

  /** Without the path, which holds the friend's address. */
  private static String reason(IOException cause) {
    return cause instanceof FileSystemException e && e.getReason() != null
        ? e.getReason()
        : cause.getClass().getSimpleName();
  }

  private static boolean store(Path folder, Item item) throws IOException {
    for (var name : List.of(FileNames.of(item.pair()), FileNames.ofJob(item.pair()))) {
      var target = folder.resolve(name);
      if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        place(folder, target, item.bytes());
        return true;
      }
      if (holds(target, item.bytes())) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Path file, byte[] bytes) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes);
  }

  private static void place(Path folder, Path target, byte[] bytes) throws IOException {
    // Always the same name, so that what a crash left is written over.
    var temp = folder.resolve(".part-" + target.getFileName());
    try {
      write(temp, bytes);
      Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temp);
    }
    // The name must outlive a power cut too: the ledger is about to say that it is there.
    try (var directory = FileChannel.open(folder, READ)) {
      directory.force(true);
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (var channel = FileChannel.open(file, WRITE, CREATE, TRUNCATE_EXISTING)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
