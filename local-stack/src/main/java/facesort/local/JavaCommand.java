package facesort.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a child JVM: this JVM's java, a small heap, an end at the first OOM. */
public final class JavaCommand {
  private final List<String> command = new ArrayList<>();

  private JavaCommand() {}

  /** With a heap of at most {@code heapMebibytes} and the serial collector. */
  public static JavaCommand withHeap(int heapMebibytes) {
    JavaCommand java = new JavaCommand();
    java.command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    return java.flags(
        "-Xmx" + heapMebibytes + "m",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dfile.encoding=UTF-8");
  }

  /** For what is started often and works little: no optimising compiler. */
  public JavaCommand quickStart() {
    return flags("-XX:TieredStopAtLevel=1");
  }

  /** Adds JVM flags. */
  public JavaCommand flags(String... flags) {
    command.addAll(List.of(flags));
    return this;
  }

  /** Ends with a main class and its arguments. */
  public List<String> main(String classPath, String mainClass, String... arguments) {
    flags("-cp", classPath, mainClass);
    flags(arguments);
    return List.copyOf(command);
  }

  /** Ends with an executable jar. */
  public List<String> jar(Path jar) {
    flags("-jar", jar.toString());
    return List.copyOf(command);
  }
}
