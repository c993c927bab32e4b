package facesort.worker.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A place in a program at which it is killed: put there by {@link SeededSource}. */
public final class KillPoint {
  /** System property that names the folder in which it is kept which points have killed. */
  static final String FOLDER = "kit.kills";

  private KillPoint() {}

  /**
   * Sends SIGKILL to its own process, once for each name and folder: whoever succeeds the killed
   * process passes by.
   */
  public static void here(String name) {
    try {
      Files.createFile(Path.of(System.getProperty(FOLDER), name));
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var _ = Signal.KILL.send(ProcessHandle.current().pid());
    while (true) {
      LockSupport.park();
    }
  }
}
