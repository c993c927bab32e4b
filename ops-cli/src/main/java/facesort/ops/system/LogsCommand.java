package facesort.ops.system;

import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    Output output = common.output();
    Path folder = common.data().resolve("logs");
    Path log = folder.resolve(service + ".log");
    if (!service.matches("[A-Za-z0-9_-]+") || !Files.exists(log)) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no log of " + service + "; there are: " + names(folder));
    }
    List<String> all = Files.readAllLines(log);
    all.subList(Math.max(0, all.size() - lines), all.size()).forEach(output::say);
    if (follow) {
      follow(log, output);
    }
    return ExitCode.DONE.code();
  }

  private static void follow(Path log, Output output) throws IOException, InterruptedException {
    long position = Files.size(log);
    while (true) {
      Thread.sleep(POLL);
      long size = Files.size(log);
      // Shorter than before: it was moved aside and begun anew.
      position = size < position ? 0 : position;
      if (size > position) {
        output.say(read(log, position, size).stripTrailing());
        position = size;
      }
    }
  }

  private static String read(Path log, long from, long to) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(to - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
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
