package facesort.bench.projector;

import facesort.bench.drive.WrongOutput;
import facesort.bench.projector.QueryLoad.Answers;
import facesort.bench.stack.BenchStack;
import facesort.local.FileTree;
import facesort.local.JavaCommand;
import facesort.ops.console.Progress;
import facesort.service.Events;
import facesort.state.job.JobStreams;
import facesort.worker.kit.Pause;
import facesort.worker.kit.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** The legs of the benchmark over one corpus, which is written already. For one thread. */
final class Legs implements AutoCloseable {
  /** Against hanging alone. */
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration ASK_EVERY = Duration.ofMillis(20);
  private static final int PROBE_TASKS = 100;

  private final BenchStack stack;
  private final Corpus corpus;
  private final long events;
  private final Progress progress;
  private final Places places;
  private final CorpusWriter writer;
  private int probes;

  /**
   * How a catch-up went.
   *
   * @param perSecond events a second, from when the topology runs until all is committed
   * @param queries status queries meanwhile
   */
  record CaughtUp(double perSecond, Answers queries) {}

  Legs(BenchStack stack, Corpus corpus, long events, Progress progress) {
    this.stack = stack;
    this.corpus = corpus;
    this.events = events;
    this.progress = progress;
    this.places = new Places(stack.clients());
    this.writer = new CorpusWriter(stack);
  }

  /** Folder of the projector's stores. */
  Path state() {
    return stack.folder().resolve("projector-state");
  }

  /** Events a second of a bare consumer; the first time is for warming up. */
  double raw() {
    CorpusReader reader = new CorpusReader(stack.clients());
    var _ = reader.all(polled -> {});
    return reader.all(polled -> {}).perSecond();
  }

  /** Events a second of the empty topology, in a process like the projector's. */
  double empty() {
    String[] arguments = {
      stack.addresses().bootstrapServers(),
      stack.folder().resolve("empty-state").toString(),
      Integer.toString(corpus.jobs()),
      Integer.toString(corpus.tasks()),
      Long.toString(events)
    };
    WorkerProcess process =
        WorkerProcess.start(
            "empty",
            stack.folder(),
            JavaCommand.withHeap(ProjectorProcess.HEAP_MEBIBYTES)
                .flags("--enable-native-access=ALL-UNNAMED")
                .main(
                    System.getProperty("java.class.path"),
                    EmptyTopology.class.getName(),
                    arguments),
            Map.of());
    double perSecond;
    try {
      process.awaitLog("topology is RUNNING");
      long start = System.nanoTime();
      Map<TopicPartition, Long> ends = places.ends();
      await(
          "empty topology",
          process,
          () -> places.done(EmptyTopology.NAME, ends),
          ends,
          () -> process.log().contains("folded all"),
          process::tail);
      perSecond = rate(start);
    } finally {
      process.kill();
      process.close();
    }
    return perSecond;
  }

  /** From offset 0 to the end; the projector was just started. */
  CaughtUp catchUp(String what, ProjectorProcess projector, StatusWatch statuses) {
    return catchUp(what, projector, statuses, () -> {});
  }

  /** The same until the rows are written too. */
  CaughtUp catchUp(
      String what, ProjectorProcess projector, StatusWatch statuses, ReadModelDatabase database) {
    return catchUp(
        what,
        projector,
        statuses,
        () -> {
          var _ = awaitRows(projector, database);
        });
  }

  private CaughtUp catchUp(
      String what, ProjectorProcess projector, StatusWatch statuses, Runnable andThen) {
    try (QueryLoad load = QueryLoad.on(projector, corpus.jobIds(), ASK_EVERY)) {
      projector.awaitRunning();
      long start = System.nanoTime();
      Map<TopicPartition, Long> ends = places.ends();
      await(
          what,
          projector.process(),
          () -> places.done(JobStreams.NAME, ends),
          ends,
          () -> statuses.hasAll(corpus),
          () -> statuses.missing(corpus));
      andThen.run();
      return new CaughtUp(rate(start), load.end());
    }
  }

  /** Returns when the writer has written all rows; events a second since the call. */
  double awaitRows(ProjectorProcess projector, ReadModelDatabase database) {
    long start = System.nanoTime();
    Map<TopicPartition, Long> ends = places.ends();
    await(
        "rows",
        projector.process(),
        () -> Places.done(database.watermarks(), ends),
        ends,
        () -> projector.isReady(),
        () -> projector.process().tail());
    return rate(start);
  }

  /** Events a second of this corpus that ended now. */
  private double rate(long start) {
    return events * 1e9 / (System.nanoTime() - start);
  }

  private void await(
      String what,
      WorkerProcess process,
      LongSupplier done,
      Map<TopicPartition, Long> ends,
      BooleanSupplier right,
      Supplier<String> missing) {
    long end = System.nanoTime() + LIMIT.toNanos();
    long total = Places.total(ends);
    long now = done.getAsLong();
    while (now < total || !right.getAsBoolean()) {
      process.requireAlive();
      progress.show(what, now, total);
      if (System.nanoTime() > end) {
        throw new WrongOutput(
            "%s: %d of %d after %s; %s".formatted(what, now, total, LIMIT, missing.get()));
      }
      Pause.of(LOOK_EVERY);
      now = done.getAsLong();
    }
    progress.show(what, total, total);
  }

  /**
   * Ends a projector in the middle of a small job, writes the rest of the job, and starts the next
   * one.
   *
   * @param end ends it
   * @param next starts it
   * @return seconds from its start until it is ready and has brought the job to its right end
   */
  double restart(
      ProjectorProcess running, Consumer<ProjectorProcess> end, Supplier<ProjectorProcess> next) {
    try (Probe probe = new Probe()) {
      probe.begin(running);
      end.accept(running);
      writer.finish(probe.corpus);
      long start = System.nanoTime();
      ProjectorProcess started = next.get();
      probe.awaitEnd(started);
      return (System.nanoTime() - start) / 1e9;
    }
  }

  /** Seconds until a projector that was started now is ready. */
  double ready(Supplier<ProjectorProcess> next) {
    long start = System.nanoTime();
    next.get().awaitReady();
    return (System.nanoTime() - start) / 1e9;
  }

  /** A small job that is not at its end while a projector ends. */
  final class Probe implements AutoCloseable {
    private final Corpus corpus =
        new Corpus(Legs.this.corpus.name() + "-probe-" + probes++, PROBE_TASKS, 1);
    private final StatusWatch statuses =
        new StatusWatch(stack.clients(), new Events(stack.codec()));

    /** Returns when the projector has seen all its photos. */
    void begin(ProjectorProcess running) {
      writer.begin(corpus);
      require(
          () -> statuses.submitted(corpus.job(0)) == PROBE_TASKS,
          () -> "the projector does not see a new job:\n" + running.process().tail());
    }

    /** Writes what comes of them and returns when the job is at its right end. */
    void finish(ProjectorProcess running) {
      writer.finish(corpus);
      awaitEnd(running);
    }

    private void awaitEnd(ProjectorProcess running) {
      require(
          () -> running.isReady() && statuses.hasAll(corpus),
          () -> statuses.missing(corpus) + "\n" + running.process().tail());
    }

    @Override
    public void close() {
      statuses.close();
    }
  }

  private static void require(BooleanSupplier condition, Supplier<String> otherwise) {
    if (!Pause.until(condition, Duration.ofMinutes(5))) {
      throw new WrongOutput(otherwise.get());
    }
  }

  /** Queries while nothing else is to be done, after some that do not count. */
  Answers warmQueries(ProjectorProcess projector, Duration time) {
    Duration every = Duration.ofMillis(10);
    try (QueryLoad warming = QueryLoad.on(projector, corpus.jobIds(), every)) {
      Pause.of(time.dividedBy(2));
      var _ = warming.end();
    }
    try (QueryLoad load = QueryLoad.on(projector, corpus.jobIds(), every)) {
      Pause.of(time);
      return load.end();
    }
  }

  /** The projector has ended: makes Kafka and the disk forget it. */
  void forget() {
    places.forget(JobStreams.NAME);
    deleteState();
  }

  /** The projector has ended: its stores are lost. */
  void deleteState() {
    try {
      FileTree.delete(state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    writer.close();
    places.close();
  }
}
