package facesort.bench.projector;

import facesort.bench.drive.WrongOutput;
import facesort.bench.projector.Legs.CaughtUp;
import facesort.bench.projector.QueryLoad.Answers;
import facesort.bench.stack.BenchStack;
import facesort.ops.console.Progress;
import facesort.service.Events;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All legs in turn, with one projector after the other. For one thread. */
final class ProjectorRun implements AutoCloseable {
  private final BenchStack stack;
  private final Corpus corpus;
  private final boolean quick;
  private final Progress progress;
  private @Nullable ProjectorProcess running;
  private double peakMebibytes;

  /**
   * Rates of the floors, events a second.
   *
   * @param raw of a bare consumer
   * @param memory of the fold in memory, over stripped events
   * @param empty of the empty topology
   */
  record Floors(double raw, double memory, double empty) {}

  /**
   * Catch-ups and queries.
   *
   * @param without with no database
   * @param rows events a second of the writer alone, while the topology has nothing to do
   * @param with with the database, until topology and rows are at the end
   * @param warm queries while nothing else is to be done
   */
  record Speeds(CaughtUp without, double rows, CaughtUp with, Answers warm) {}

  /** Seconds from a start until the projector is ready and has brought a job to its end. */
  record Restarts(double sigterm, double sigkill, double restore) {}

  /**
   * What came out.
   *
   * @param events events of the corpus
   * @param idleMebibytes resident size after everything
   * @param peakMebibytes largest resident size in any leg
   */
  record Result(
      Corpus corpus,
      long events,
      Floors floors,
      Speeds speeds,
      Restarts restarts,
      double idleMebibytes,
      double peakMebibytes) {}

  ProjectorRun(BenchStack stack, Corpus corpus, boolean quick, Progress progress) {
    this.stack = stack;
    this.corpus = corpus;
    this.quick = quick;
    this.progress = progress;
  }

  /**
   * Runs.
   *
   * @param recording file for a flight recording of the first catch-up; null: none
   */
  Result run(@Nullable String recording) {
    long events = write();
    try (Legs legs = new Legs(stack, corpus, events, progress)) {
      Floors floors = new Floors(legs.raw(), MemoryFold.perSecond(stack, corpus), legs.empty());
      ReadModelDatabase early = new ReadModelDatabase(stack.addresses(), "bench_early");
      ReadModelDatabase late = new ReadModelDatabase(stack.addresses(), "bench_late");
      early.create();
      start(legs, early, null);
      CaughtUp with = catchUp(legs, early);
      var _ = projector().process().term();
      legs.forget();
      start(legs, late, recording);
      CaughtUp without = catchUp(legs, null);
      late.create();
      double rows = legs.awaitRows(projector(), late);
      Answers warm = legs.warmQueries(projector(), Duration.ofSeconds(quick ? 1 : 10));
      Restarts restarts = restarts(legs, early, late);
      return new Result(
          corpus,
          events,
          floors,
          new Speeds(without, rows, with, warm),
          restarts,
          Memory.mebibytes(projector().process().pid()),
          peakMebibytes);
    }
  }

  private long write() {
    try (CorpusWriter writer = new CorpusWriter(stack)) {
      writer.write(corpus, done -> progress.show("photos written", done, corpus.tasks()));
      return writer.written();
    }
  }

  private Restarts restarts(Legs legs, ReadModelDatabase early, ReadModelDatabase late) {
    Supplier<ProjectorProcess> again = () -> start(legs, late, null);
    double sigterm = legs.restart(projector(), running -> running.process().term(), again);
    double sigkill = legs.restart(projector(), running -> running.process().kill(), again);
    try (Legs.Probe probe = legs.new Probe()) {
      probe.begin(projector());
      var _ = legs.awaitRows(projector(), late);
      String hash = projector().contentHash();
      var _ = projector().process().term();
      legs.deleteState();
      double restore = legs.ready(() -> start(legs, early, null));
      var _ = legs.awaitRows(projector(), early);
      requireSame(hash, projector().contentHash());
      probe.finish(projector());
      return new Restarts(sigterm, sigkill, restore);
    }
  }

  /** Of a database that was read into at one go, and one that was read into as things happened. */
  private static void requireSame(String late, String early) {
    if (!late.equals(early)) {
      throw new WrongOutput(
          "the read model's content is %s, read later it is %s".formatted(early, late));
    }
  }

  private CaughtUp catchUp(Legs legs, @Nullable ReadModelDatabase database) {
    try (StatusWatch statuses = new StatusWatch(stack.clients(), new Events(stack.codec()))) {
      CaughtUp caughtUp =
          database == null
              ? legs.catchUp("caught up", projector(), statuses)
              : legs.catchUp("caught up", projector(), statuses, database);
      peakMebibytes = Math.max(peakMebibytes, Memory.peakMebibytes(projector().process().pid()));
      return caughtUp;
    }
  }

  private ProjectorProcess projector() {
    if (running == null) {
      throw new IllegalStateException("no projector was started");
    }
    return running;
  }

  private ProjectorProcess start(
      Legs legs, ReadModelDatabase database, @Nullable String recording) {
    close();
    String[] flags =
        recording == null
            ? new String[0]
            : new String[] {
              "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording
            };
    ProjectorProcess started = ProjectorProcess.start(stack, database, legs.state(), flags);
    running = started;
    return started;
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
