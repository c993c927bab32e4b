package facesort.ops.demo;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.console.JsonFile;
import facesort.schemas.EventIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a demo keeps about a job it submits, so that the job can be checked later, also after a kill
 * of everything: {@code demo/<job>.json} in the data folder, from before the first friend is
 * enrolled.
 *
 * @param out absolute folder of the deliveries
 * @param folderRoot absolute folder the folder channel delivers below
 * @param sample whether the photos are the demo's own, so that the truth is known
 * @param startedMillis when the demo began, since 1970
 * @param startupSeconds until all services were ready, 0 when they ran already
 * @param seconds from the demo's begin to the job's end; null until then
 * @param photos SHA-256 of each photo in the order of submission
 * @param recipients those wanted; once they are enrolled, those the gallery took
 */
record DemoRun(
    String jobId,
    String owner,
    Path out,
    Path folderRoot,
    boolean sample,
    long startedMillis,
    double startupSeconds,
    @Nullable Double seconds,
    List<String> photos,
    List<Recipient> recipients) {
  private static final String FOLDER = "demo";

  /** The run that submitted a job; throws NOT_FOUND when no demo did. */
  static DemoRun read(Path data, String jobId) {
    return Optional.of(jobId)
        .filter(EventIds::isValid)
        .flatMap(id -> read(file(data, id)))
        .orElseThrow(() ->
            new CommandException(
                ExitCode.NOT_FOUND,
                "no demo in %s submitted a job %s: facesort job show prints any job"
                    .formatted(data, jobId)));
  }

  /** All runs kept. */
  static List<DemoRun> all(Path data) {
    Path folder = data.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw CommandException.error("cannot read " + folder + ": " + e, e);
    }
  }

  void write(Path data) {
    Path folder = data.resolve(FOLDER);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CommandException.error("cannot create " + folder + ": " + e, e);
    }
    new JsonFile(file(data, jobId)).write(this);
  }

  DemoRun to(List<Recipient> others) {
    return new DemoRun(
        jobId,
        owner,
        out,
        folderRoot,
        sample,
        startedMillis,
        startupSeconds,
        seconds,
        photos,
        others);
  }

  DemoRun after(double wholeSeconds) {
    return new DemoRun(
        jobId,
        owner,
        out,
        folderRoot,
        sample,
        startedMillis,
        startupSeconds,
        wholeSeconds,
        photos,
        recipients);
  }

  private static Path file(Path data, String jobId) {
    return data.resolve(FOLDER).resolve(jobId + ".json");
  }

  private static Optional<DemoRun> read(Path file) {
    return new JsonFile(file).read(DemoRun.class, "delete it");
  }
}
