package facesort.local.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps two supervisors off one data folder; the kernel lifts it when the holder dies. */
final class DataLock implements AutoCloseable {
  // This JVM's own locks. The kernel drops a process's lock when any channel to the file is closed,
  // so the file must not even be opened again while it is here.
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private DataLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Takes it or throws {@link ProcessException}. */
  static DataLock take(Path file) throws IOException {
    if (!OWN.add(file)) {
      throw taken(file, ProcessHandle.current().pid());
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      OWN.remove(file);
      throw taken(file, pid(file));
    }
    byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid));
    return new DataLock(file, channel);
  }

  /** Number of the process that holds the lock; empty when none does. */
  static OptionalLong holder(Path file) throws IOException {
    if (OWN.contains(file)) {
      return OptionalLong.of(ProcessHandle.current().pid());
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null ? OptionalLong.empty() : OptionalLong.of(pid(file));
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    OWN.remove(file);
  }

  private static ProcessException taken(Path file, long pid) {
    return new ProcessException(
        "already running: process %d works on %s".formatted(pid, file.getParent()));
  }

  private static long pid(Path file) throws IOException {
    String pid = Files.readString(file).strip();
    // Empty between the lock and the first write.
    return pid.isEmpty() ? 0 : Long.parseLong(pid);
  }
}
