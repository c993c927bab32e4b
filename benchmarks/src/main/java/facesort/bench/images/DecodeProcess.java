package facesort.bench.images;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A running {@link DecodeMain} whose heap is in memory from the start. Used by one thread. */
final class DecodeProcess implements AutoCloseable {
  private static final long HANGS_AFTER_SECONDS = 10;

  /** The start of a JVM and of native libraries beside others counts for nothing. */
  private static final long STARTS_WITHIN_SECONDS = 120;

  private final Process process;
  private final DataOutputStream files;
  private final BufferedReader answers;
  private long limitSeconds = STARTS_WITHIN_SECONDS;

  private DecodeProcess(Process process) {
    this.process = process;
    this.files = new DataOutputStream(process.getOutputStream());
    this.answers = process.inputReader();
  }

  /** What became of a file. */
  sealed interface Outcome {
    /** An answer, and the most that the process ever had in memory. */
    record Answered(String word, long kilobytes) implements Outcome {}

    /** The process ended. */
    record Died(int exitCode) implements Outcome {}

    /** No answer within ten seconds; the process was ended. */
    record Hung() implements Outcome {}
  }

  static DecodeProcess start(Path folder) {
    try {
      return new DecodeProcess(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:+UseSerialGC",
                  "-Xms192m",
                  "-Xmx192m",
                  "-XX:+AlwaysPreTouch",
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:+DisplayVMOutputToStderr",
                  "-XX:ErrorFile=" + folder.resolve("crash-%p.log"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  DecodeMain.class.getName())
              .redirectError(Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Decodes a file; after a death or a hang this process is of no more use. */
  Outcome decode(byte[] file) {
    AtomicBoolean hung = new AtomicBoolean();
    CompletableFuture<Void> watch =
        CompletableFuture.runAsync(
            () -> {
              hung.set(true);
              process.destroyForcibly();
            },
            CompletableFuture.delayedExecutor(limitSeconds, TimeUnit.SECONDS));
    try {
      files.writeInt(file.length);
      files.write(file);
      files.flush();
      @Nullable String line = answers.readLine();
      if (line != null) {
        limitSeconds = HANGS_AFTER_SECONDS;
        int space = line.lastIndexOf(' ');
        return new Outcome.Answered(
            line.substring(0, space), Long.parseLong(line.substring(space + 1)));
      }
    } catch (IOException e) {
      // A broken pipe: how the process ended says why.
      process.destroyForcibly();
    } finally {
      watch.cancel(false);
    }
    int exitCode = process.onExit().join().exitValue();
    return hung.get() ? new Outcome.Hung() : new Outcome.Died(exitCode);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
