package facesort.ops.system;

import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Prints what a process of the local system wrote. */
@Command(
    name = "logs",
    description = "Print the log of one part: a service, kafka, registry, postgres, s3, telegram.",
    footer = {"", "Examples:", "  facesort logs detect", "  facesort logs -f -n 50 delivery"})
public final class LogsCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(300);

  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "SERVICE", description = "Name as facesort status shows it.")
  String service = "";

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "Last lines only (default: ${DEFAULT-VALUE}).")
  int lines = 200;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until Ctrl-C.")
  boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (lines < 0) {
      throw CommandException.usage("-n is a number of lines, not " + lines);
    }
    Output output = common.output();
    Path folder = common.data().resolve("logs");
    Path log = folder.resolve(service + ".log");
    if (!service.matches("[A-Za-z0-9_-]+") || !Files.exists(log)) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no log of " + service + "; there are: " + names(folder));
    }
    LogTail tail = LogTail.last(log, lines);
    print(tail, output);
    if (follow) {
      follow(log, tail.end(), output);
    }
    return ExitCode.DONE.code();
  }

  private static void follow(Path log, long position, Output output)
      throws IOException, InterruptedException {
    long next = position;
    while (true) {
      Thread.sleep(POLL);
      LogTail tail = LogTail.from(log, next);
      print(tail, output);
      next = tail.end();
    }
  }

  private static void print(LogTail tail, Output output) {
    switch (output.format()) {
      case TABLE -> tail.lines().forEach(output::say);
      case JSON -> tail.lines().forEach(line -> output.resultLine(json(line)));
    }
  }

  /** The line itself when it is JSON; what the stack's own parts write is put into JSON. */
  static String json(String line) {
    try {
      return JsonMapper.shared().readTree(line).isObject() ? line : wrapped(line);
    } catch (JacksonException e) {
      return wrapped(line);
    }
  }

  private static String wrapped(String line) {
    return JsonMapper.shared().writeValueAsString(Map.of("line", line));
  }

  private static String names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return "none";
    }
    try (Stream<Path> files = Files.list(folder)) {
      return String.join(
          ", ",
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> name.endsWith(".log"))
              .map(name -> name.substring(0, name.length() - 4))
              .sorted()
              .toList());
    }
  }
}
