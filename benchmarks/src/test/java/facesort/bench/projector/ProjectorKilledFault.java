package facesort.bench.projector;

import static facesort.bench.projector.CorpusWriter.photos;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.Topics;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** SIGKILL of the projector and of its database while jobs run: nothing is lost, nothing doubled. */
@ExtendWith(FaultTable.class)
class ProjectorKilledFault {
  private static final int TASKS = 6_000;
  private static final int PORTION = 1_000;
  private final Corpus corpus = new Corpus("job", TASKS, 3);

  @Test
  @Fault(
      id = "F51",
      injection = "SIGKILL of the projector during jobs, and twice while it recovers from that")
  void projectorKilledThreeTimes_endsAsIfUndisturbed() {
    try (Scene scene = new Scene(ProjectorProcess.HEAP_MEBIBYTES)) {
      ReadModelDatabase live = scene.database("live");
      ProjectorProcess projector = scene.start(live).awaitReady();
      scene.writer.begin(corpus);
      portion(scene, 0);

      projector.process().kill();
      portion(scene, 1);
      projector = scene.start(live);
      projector.process().awaitLog("topology is REBALANCING");
      projector.process().kill();
      projector = scene.start(live).awaitRunning();
      projector.process().kill();
      projector = scene.start(live);
      rest(scene, 2);

      scene.awaitEnd(corpus);
      assertSameAsUndisturbed(scene, projector, live);
    }
  }

  @Test
  @Fault(id = "F17", injection = "SIGKILL of PostgreSQL twice during jobs, the second time with the projector")
  void postgresKilledTwice_endsAsIfUndisturbed() {
    try (Scene scene = new Scene(ProjectorProcess.HEAP_MEBIBYTES)) {
      ReadModelDatabase live = scene.database("live");
      ProjectorProcess projector = scene.start(live).awaitReady();
      scene.writer.begin(corpus);
      portion(scene, 0);

      scene.stack.kill("postgres");
      portion(scene, 1);
      projector.process().kill();
      scene.stack.kill("postgres");
      projector = scene.start(live);
      rest(scene, 2);

      scene.awaitEnd(corpus);
      assertSameAsUndisturbed(scene, projector, live);
    }
  }

  @Test
  @Fault(id = "F33", injection = "bit flips in every table of the stores, checkpoints deleted, while the projector is down")
  void storesCorrupted_areRebuilt() throws IOException {
    try (Scene scene = new Scene(ProjectorProcess.HEAP_MEBIBYTES)) {
      ReadModelDatabase live = scene.database("live");
      ProjectorProcess projector = scene.start(live).awaitReady();
      scene.writer.begin(corpus);
      portion(scene, 0);
      scene.awaitFolded(projector);

      projector.process().term();
      int damaged = damage(scene.state());
      projector = scene.start(live);
      rest(scene, 1);

      scene.awaitEnd(corpus);
      assertSameAsUndisturbed(scene, projector, live);
      FaultTable.result("held, %d files damaged".formatted(damaged));
    }
  }

  @Test
  @Fault(
      id = "F28, F29, F30",
      injection = "results before tasks, everything three times, the third time after the end")
  void eventsTwiceLateAndInWrongOrder_changeNothing() {
    try (Scene scene = new Scene(ProjectorProcess.HEAP_MEBIBYTES)) {
      ReadModelDatabase live = scene.database("live");
      ProjectorProcess projector = scene.start(live).awaitReady();
      scene.writer.cleaned(corpus);
      scene.writer.results(() -> photos(corpus, 0, TASKS));
      scene.writer.begin(corpus);
      scene.writer.results(() -> photos(corpus, 0, TASKS));
      scene.awaitEnd(corpus);
      scene.awaitAll(projector, live);
      List<String> ends = said(scene);

      scene.writer.begin(corpus);
      scene.writer.results(() -> photos(corpus, 0, TASKS));
      scene.writer.cleaned(corpus);
      scene.awaitAll(projector, live);

      assertThat(said(scene)).isEqualTo(ends);
      assertThat(scene.statuses.hasAll(corpus)).isTrue();
    }
  }

  private List<String> said(Scene scene) {
    return corpus.jobIds().stream()
        .map(job -> scene.statuses.of(job).orElseThrow().getEventId())
        .toList();
  }

  /** A database that is read into at one go holds the same as the one that lived through it. */
  private void assertSameAsUndisturbed(
      Scene scene, ProjectorProcess projector, ReadModelDatabase live) {
    scene.awaitAll(projector, live);
    String hash = projector.contentHash();
    var _ = projector.process().term();
    ReadModelDatabase undisturbed = scene.database("undisturbed");
    ProjectorProcess next = scene.start(undisturbed);
    scene.awaitAll(next, undisturbed);

    assertThat(hash).isNotEmpty().isEqualTo(next.contentHash());
    scene.assertNothingTwice();
    assertThat(scene.committed(Topics.CLEANUP).filter(c -> c.getKind() == CleanupKind.REQUESTED))
        .extracting(Cleanup::getJobId)
        .containsExactlyInAnyOrderElementsOf(corpus.jobIds());
    FaultTable.result("held, content hash the same");
  }

  private void portion(Scene scene, int number) {
    scene.writer.results(() -> photos(corpus, number * PORTION, (number + 1) * PORTION));
  }

  private void rest(Scene scene, int from) {
    for (int number = from; number < TASKS / PORTION; number++) {
      portion(scene, number);
    }
    scene.writer.cleaned(corpus);
  }

  /** Turns a bit in the middle of each table and deletes each checkpoint. */
  private static int damage(Path state) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(state)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    int damaged = 0;
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.equals(".checkpoint")) {
        Files.delete(file);
        damaged++;
      } else if (name.endsWith(".sst")) {
        try (RandomAccessFile table = new RandomAccessFile(file.toFile(), "rw")) {
          for (long at = 10; at < table.length(); at += 512) {
            table.seek(at);
            int before = table.read();
            table.seek(at);
            table.write(before ^ 0x10);
          }
        }
        damaged++;
      }
    }
    assertThat(damaged).isPositive();
    return damaged;
  }
}
