package facesort.ops.console;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a command prints. With {@link Format#JSON} standard output holds JSON only, one value a
 * line, and what is meant for people goes to standard error. Safe for any number of threads.
 */
public final class Output {
  private static final String TERMINALS = "FACESORT_TTY";
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final PrintStream standard;
  private final PrintStream people;
  private final Format format;
  private final boolean terminal;
  private final boolean colours;

  Output(
      PrintStream standard,
      PrintStream error,
      Format format,
      boolean terminal,
      Map<String, String> environment) {
    this.standard = standard;
    this.people = format == Format.JSON ? error : standard;
    this.format = format;
    this.terminal = terminal;
    @Nullable String refused = environment.get("NO_COLOR");
    this.colours = terminal && (refused == null || refused.isEmpty());
  }

  /** On this process's own streams. */
  public static Output of(Format format) {
    return new Output(
        System.out, System.err, format, isTerminal(format, System.getenv()), System.getenv());
  }

  private static boolean isTerminal(Format format, Map<String, String> environment) {
    boolean console = Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return isTerminal(format, environment.get(TERMINALS), console);
  }

  /**
   * Whether what is meant for people goes to a terminal.
   *
   * @param terminals numbers of this process's streams that are terminals, as the launcher found
   *     them; null when nobody looked
   * @param console whether Java sees a terminal: it knows of standard output only
   */
  static boolean isTerminal(Format format, @Nullable String terminals, boolean console) {
    return switch (format) {
      case TABLE -> terminals == null ? console : terminals.contains("1");
      case JSON -> terminals != null && terminals.contains("2");
    };
  }

  /** How results are wanted. */
  public Format format() {
    return format;
  }

  /** A line for people. */
  public synchronized void say(String line) {
    people.println(line);
    people.flush();
  }

  /** A table for people. */
  public synchronized void say(Table table) {
    table.headingLines().forEach(line -> people.println(bold(line)));
    table.rowLines().forEach(people::println);
    people.flush();
  }

  /** A result for programs: one line of JSON; nothing unless JSON is wanted. */
  public synchronized void result(Object value) {
    if (format == Format.JSON) {
      standard.println(JSON.writeValueAsString(value));
      standard.flush();
    }
  }

  /** A result that is a line of JSON already; nothing unless JSON is wanted. */
  public synchronized void resultLine(String json) {
    if (format == Format.JSON) {
      standard.println(json);
      standard.flush();
    }
  }

  /** The text in bold where that shows. */
  public String bold(String text) {
    return styled("1", text);
  }

  /** The text in green where that shows. */
  public String good(String text) {
    return styled("32", text);
  }

  /** The text in red where that shows. */
  public String bad(String text) {
    return styled("31", text);
  }

  /** Text written over the current line of a terminal; must not be called without one. */
  synchronized void overwrite(String text) {
    people.print("\r\u001b[2K" + text);
    people.flush();
  }

  /** Whether {@link #overwrite} can be used. */
  boolean canOverwrite() {
    return terminal;
  }

  private String styled(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
