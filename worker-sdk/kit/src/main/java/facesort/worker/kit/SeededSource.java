package facesort.worker.kit;

import facesort.local.ProjectHome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Shipped sources with something changed: a kill point, or a bug that the guarantees must find.
 * What is shipped has no switch for either.
 */
public final class SeededSource {
  private static final String SOURCES = "worker-sdk/src/main/java";

  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Nothing changed so far. */
  public static SeededSource shipped() {
    return new SeededSource();
  }

  private SeededSource() {}

  /**
   * Changes one place of one class.
   *
   * @param type full name of a class of the worker runtime
   * @param snippet must be in its source exactly once
   * @param replacement what stands there instead
   * @throws AssertionError when the source has changed so that the seed no longer applies
   */
  public SeededSource replace(String type, String snippet, String replacement) {
    String text = texts.computeIfAbsent(type, SeededSource::source);
    int first = text.indexOf(snippet);
    if (first < 0 || text.indexOf(snippet, first + 1) >= 0) {
      throw new AssertionError(
          "The seed no longer applies: %s has this %s:%n%s"
              .formatted(type, first < 0 ? "nowhere" : "more than once", snippet));
    }
    texts.put(type, text.replace(snippet, replacement));
    return this;
  }

  /** Puts a statement behind a snippet. */
  public SeededSource insertAfter(String type, String snippet, String statement) {
    return replace(type, snippet, snippet + "\n" + statement);
  }

  /**
   * Compiles what was changed against this JVM's class path.
   *
   * @param folder where the classes go; to be first on the class path of a program
   * @throws AssertionError with the compiler's words when it does not compile
   */
  public Path compile(Path folder) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Path classes = Files.createDirectories(folder.resolve("classes"));
      if (texts.isEmpty()) {
        return classes;
      }
      List<String> options =
          List.of(
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "-proc:none",
              "-nowarn",
              "-parameters");
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(written(folder)))
              .call();
      if (!done) {
        throw new AssertionError("The seed does not compile:\n" + said);
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> written(Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Path source = folder.resolve("sources").resolve(file(text.getKey()));
      Files.createDirectories(source.getParent());
      sources.add(Files.writeString(source, text.getValue()));
    }
    return sources;
  }

  private static String source(String type) {
    try {
      return Files.readString(ProjectHome.find().path().resolve(SOURCES).resolve(file(type)));
    } catch (IOException e) {
      throw new UncheckedIOException("There is no source of " + type, e);
    }
  }

  private static String file(String type) {
    return type.replace('.', '/') + ".java";
  }
}
