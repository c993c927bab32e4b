package facesort.bench.projector;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.bench.stack.BenchStack;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.state.job.JobStreams;
import facesort.worker.kit.Pause;
import facesort.worker.kit.TopicLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A projector on a stack of its own, and a no-op pipeline that writes what the others would. */
final class Scene implements AutoCloseable {
  /** Against hanging alone. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  final BenchStack stack = BenchStack.start();
  final Events events = new Events(stack.codec(), "bench");
  final CorpusWriter writer = new CorpusWriter(stack);
  final StatusWatch statuses = new StatusWatch(stack.clients(), events);
  final Places places = new Places(stack.clients());
  private final int heap;
  private @Nullable ProjectorProcess running;

  /**
   * Nothing runs but the stack.
   *
   * @param heap of the projector, MiB
   */
  Scene(int heap) {
    this.heap = heap;
  }

  /** A database that is created now. */
  ReadModelDatabase database(String name) {
    ReadModelDatabase database = new ReadModelDatabase(stack.addresses(), name);
    database.create();
    return database;
  }

  Path state() {
    return stack.folder().resolve("projector-state");
  }

  /** Starts one, after the last one if there was one. */
  ProjectorProcess start(ReadModelDatabase database) {
    if (running != null) {
      running.close();
    }
    ProjectorProcess started = ProjectorProcess.start(stack, database, state(), heap);
    running = started;
    return started;
  }

  /** Returns when the projector and its rows are at the end of all topics. */
  void awaitAll(ProjectorProcess projector, ReadModelDatabase database) {
    awaitFolded(projector);
    Map<TopicPartition, Long> ends = places.ends();
    await(
        () -> Places.done(database.watermarks(), ends) >= Places.total(ends) && projector.isReady(),
        () -> "rows are missing:\n" + projector.process().tail());
  }

  /** Returns when the projector has taken in everything that is there. */
  void awaitFolded(ProjectorProcess projector) {
    Map<TopicPartition, Long> ends = places.ends();
    await(
        () -> places.done(JobStreams.NAME, ends) >= Places.total(ends),
        () -> "events are missing:\n" + projector.process().tail());
  }

  /** Returns when each job is at its right end. */
  void awaitEnd(Corpus corpus) {
    await(() -> statuses.hasAll(corpus), () -> statuses.missing(corpus));
  }

  void await(BooleanSupplier condition, Supplier<String> otherwise) {
    boolean came =
        Pause.until(
            () -> {
              if (running != null) {
                running.process().requireAlive();
              }
              return condition.getAsBoolean();
            },
            LIMIT);
    assertThat(came).as(otherwise).isTrue();
  }

  /** All committed events of a topic. */
  <V extends SpecificRecord> Stream<V> committed(Topic<V> topic) {
    return TopicLog.committed(stack.clients(), topic.name()).stream()
        .map(record -> events.read(topic, record));
  }

  /** Nothing was emitted twice: every event of the projector has an id of its own. */
  void assertNothingTwice() {
    List<String> ids =
        Stream.concat(
                committed(Topics.JOB_STATUS).map(status -> status.getEventId()),
                committed(Topics.CLEANUP).map(cleanup -> cleanup.getEventId()))
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
    }
    places.close();
    statuses.close();
    writer.close();
    stack.close();
  }
}
