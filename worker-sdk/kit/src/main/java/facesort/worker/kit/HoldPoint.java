package facesort.worker.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A place in a program at which it waits for the test: put there by {@link SeededSource}. */
public final class HoldPoint {
  private static final String HELD = ".held";
  private static final String RELEASED = ".released";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private HoldPoint() {}

  /** Waits until it is released, the first time that anybody comes here with this folder. */
  public static void here(String name) {
    Path folder = Path.of(System.getProperty(KillPoint.FOLDER));
    try {
      Files.createFile(folder.resolve(name + HELD));
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (!Files.exists(folder.resolve(name + RELEASED))) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /** Whether somebody waits or has waited there. */
  public static boolean isHeld(Path folder, String name) {
    return Files.exists(folder.resolve(name + HELD));
  }

  /** Lets it go on. */
  public static void release(Path folder, String name) {
    try {
      Files.createFile(folder.resolve(name + RELEASED));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
