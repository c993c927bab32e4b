package facesort.worker.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Collects a line for each test of a {@link Fault}: fault, injection, result. They are printed when
 * all tests have run and are the content of {@code target/fault-table.md}.
 */
public final class FaultTable implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(FaultTable.class);
  private static final Path FILE = Path.of("target", "fault-table.md");
  private static final String BEGUN = "begun";
  private static final int LONGEST = 300;
  private static final ThreadLocal<String> SAID = ThreadLocal.withInitial(() -> "");

  /** Says what a test found, for its line. */
  public static void result(String text) {
    SAID.set(text);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var _ = lines(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    SAID.remove();
    context.getStore(NAMESPACE).put(BEGUN, System.nanoTime());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Fault fault = context.getRequiredTestMethod().getAnnotation(Fault.class);
    if (fault == null) {
      return;
    }
    long begun = context.getStore(NAMESPACE).getOrDefault(BEGUN, Long.class, System.nanoTime());
    String result =
        context
            .getExecutionException()
            .map(e -> "FAILED: " + shortened(e.toString()))
            .orElse(SAID.get().isEmpty() ? "held" : shortened(SAID.get()));
    String name = context.getDisplayName();
    boolean isCase = !name.startsWith(context.getRequiredTestMethod().getName());
    lines(context)
        .add(
            "| %s | %s%s | %s (%.1f s) |"
                .formatted(
                    fault.id(),
                    fault.injection(),
                    isCase ? ": " + name : "",
                    result,
                    (System.nanoTime() - begun) / 1e9));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").replace('|', '/');
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static Lines lines(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Lines.class, key -> new Lines(), Lines.class);
  }

  /** The lines of one run. */
  private static final class Lines implements AutoCloseable {
    private static final String HEAD = "| fault | injection | result |\n|---|---|---|\n";
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isPrinted = new AtomicBoolean();

    void add(String line) {
      lines.add(line);
    }

    @Override
    public void close() {
      if (lines.isEmpty() || isPrinted.getAndSet(true)) {
        return;
      }
      String text = String.join("\n", lines) + "\n";
      System.out.println("\n" + HEAD + text);
      try {
        Files.createDirectories(FILE.toAbsolutePath().getParent());
        Files.writeString(FILE, HEAD + text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
