package facesort.ops.system;

import facesort.ops.api.Endpoints;
import facesort.ops.console.CommandException;
import facesort.ops.console.CommonOptions;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the local system and stays, or leaves it running behind. */
@Command(
    name = "up",
    description = {
      "Start Kafka, registry, PostgreSQL, S3, the Telegram stand-in and all services.",
      "Runs until Ctrl-C; with --detach in the background until facesort down."
    },
    footer = {
      "",
      "Examples:",
      "  facesort up",
      "  facesort up --detach",
      "  facesort up --port kafka=9092 --port ingest=8080"
    })
public final class UpCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Option(names = "--detach", description = "Return when everything is ready.")
  boolean detach;

  @Option(
      names = "--port",
      paramLabel = "NAME=PORT",
      description =
          "Fixed port for kafka, registry, postgres, s3, telegram, ingest, detect, match, enroll,"
              + " delivery or projector (default: any free one).")
  Map<String, Integer> ports = new LinkedHashMap<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the folder channel delivers (default: as last time, else out in --data).")
  @Nullable Path out;

  @Option(
      names = "--ready-file",
      hidden = true,
      description = "Written when everything is ready; used by --detach.")
  @Nullable Path readyFile;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Output output = common.output();
    SystemSettings settings = settings();
    if (detach) {
      Detached.start(settings, output);
      AddressList.print(settings.data(), output);
      return ExitCode.DONE.code();
    }
    LocalSystem system = LocalSystem.start(settings, new EventLines(output));
    if (readyFile != null) {
      Files.createFile(readyFile);
    } else {
      AddressList.print(settings.data(), output);
      output.say("Running; Ctrl-C stops everything.");
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(system, output), "up-stop"));
    new CountDownLatch(1).await();
    return ExitCode.DONE.code();
  }

  private SystemSettings settings() {
    Path data = common.data();
    try {
      return new SystemSettings(data, out != null ? out : lastFolder(data), ports);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(String.valueOf(e.getMessage()));
    }
  }

  private static Path lastFolder(Path data) {
    return Endpoints.read(data).map(Endpoints::folderRoot).orElse(data.resolve("out"));
  }

  private static void stop(LocalSystem system, Output output) {
    output.say("Stopping.");
    system.close();
  }
}
