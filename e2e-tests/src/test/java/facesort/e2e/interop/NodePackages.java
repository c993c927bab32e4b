package facesort.e2e.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A program for node together with the packages its lock file pins. */
final class NodePackages {

  private static final String LOCK = "package-lock.json";

  private NodePackages() {}

  /**
   * Copies the program into a folder of the build and installs its packages there, unless the same
   * ones are there already.
   *
   * @return folder to run it in
   */
  static Path install(Path program, Path target) throws IOException, InterruptedException {
    var folder = Files.createDirectories(target.resolve(program.getFileName()));
    var installed = folder.resolve("node_modules").resolve("installed.json");
    boolean same =
        Files.exists(installed) && Files.mismatch(installed, program.resolve(LOCK)) == -1;
    for (var file : List.of("package.json", LOCK, "echo.js")) {
      Files.copy(program.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!same) {
      installAnew(folder);
      Files.copy(folder.resolve(LOCK), installed);
    }
    return folder;
  }

  private static void installAnew(Path folder) throws InterruptedException {
    var command =
        List.of(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefer-offline",
            "--fetch-retries=5");
    try {
      new OtherProcess(folder, command).lastLine();
    } catch (IOException e) {
      throw new AssertionError(
          "this test needs node and npm, and npm is not found: install Node.js 20 or newer", e);
    }
  }
}
