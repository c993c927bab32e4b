package facesort.bench.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program in a JVM of its own, with its output in a file. It dies with this process. */
public final class ChildJvm implements AutoCloseable {
  private static final int TAIL_LINES = 20;

  private final String name;
  private final Process process;
  private final Path log;
  private final Thread hook;

  private ChildJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.hook = new Thread(process::destroyForcibly, "end-" + name);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * What to run.
   *
   * @param name names the log
   * @param classPath of the child
   * @param mainClass its program
   * @param arguments of the program
   * @param environment added to this process's own
   */
  public record Program(
      String name,
      String classPath,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment) {

    /** Copies the collections. */
    public Program {
      arguments = List.copyOf(arguments);
      environment = Map.copyOf(environment);
    }

    /** A program of this class path. */
    public static Program own(String name, Class<?> main, Map<String, String> environment) {
      return new Program(name, ownClassPath(), main.getName(), List.of(), environment);
    }

    /** The same with these arguments. */
    public Program with(String... words) {
      return new Program(name, classPath, mainClass, List.of(words), environment);
    }
  }

  /** This process's class path, for children that work in another folder. */
  public static String ownClassPath() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Starts it with a heap of 384 MB and the serial collector; every program gets the same. */
  static ChildJvm start(Program program, Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=/dev/null",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            program.classPath(),
            program.mainClass()));
    command.addAll(program.arguments());
    try {
      Path log = Files.createTempFile(folder, program.name() + "-", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(program.environment());
      return new ChildJvm(program.name(), builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Throws with the end of its log when it runs no more. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "%s ended with %d: %s".formatted(name, process.exitValue(), tail()));
    }
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    await();
  }

  /** SIGTERM; returns at once. */
  public void terminate() {
    process.destroy();
  }

  /** Waits until it is gone; answers its exit code. */
  public int await() {
    try {
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(hook);
      return code;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + name + " ends", e);
    } catch (IllegalStateException e) {
      // This JVM is ending, and the hook is what ends the child.
      return process.exitValue();
    }
  }

  /** SIGTERM, and SIGKILL after ten seconds. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
    await();
  }

  /** The end of its log. */
  public String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "its log " + log + " cannot be read: " + e;
    }
  }
}
