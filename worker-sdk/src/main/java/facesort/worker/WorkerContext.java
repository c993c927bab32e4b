package facesort.worker;

import facesort.schemas.ObjectRef;
import facesort.schemas.Topic;
import facesort.service.CommittedGaps;
import facesort.service.Events;
import facesort.service.Followed;
import facesort.service.KafkaClients;
import facesort.service.OutputPrefix;
import facesort.service.StoredObject;
import facesort.service.TaskOutput;
import facesort.service.TopicFollower;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import reactor.core.publisher.Mono;

/**
 * What the hooks of a stage have at hand: one a process. Any number of threads may use it; {@code
 * loadPipeline} is called by one.
 */
public final class WorkerContext implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerContext.class);

  private static final Duration PROBE = Duration.ofSeconds(15);
  private static final Duration CHECK = Duration.ofSeconds(10);

  private final Clock clock;
  private final Events events;
  private final KafkaClients clients;
  private final Binder settings;
  private final Supplier<Storage> storage;
  private final long maxInputBytes;
  private final StageThreads threads;
  private final Map<String, Dependency> dependencies = new ConcurrentHashMap<>();
  private volatile Predicate<Task<?>> cancelled = task -> false;
  private final List<TopicFollower<?>> followers = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> opened = new CopyOnWriteArrayList<>();

  WorkerContext(
      Clock clock,
      Events events,
      KafkaClients clients,
      Binder settings,
      Supplier<Storage> storage,
      long maxInputBytes,
      StageThreads threads) {
    this.clock = clock;
    this.events = events;
    this.clients = clients;
    this.settings = settings;
    this.storage = storage;
    this.maxInputBytes = maxInputBytes;
    this.threads = threads;
  }

  /** The clock for everything that is written into events. */
  public Clock clock() {
    return clock;
  }

  /**
   * The stage's own settings, bound below {@code facesort.} and checked by the record's own
   * constructor.
   *
   * @param type one of the records that the stage named with {@link Stage.Builder#settings}
   */
  public <S> S settings(Class<S> type) {
    return settings.bindOrCreate("facesort", type);
  }

  /**
   * Reads an object whole, once, from the owner's part of the bucket.
   *
   * @return the object; {@link RejectedTask} when it is missing, another than named, too large or
   *     not the owner's; {@link DependencyFailed} when it could not be read this time
   */
  public Mono<Input> read(String ownerId, ObjectRef ref) {
    return Mono.defer(() -> new Inputs(storage.get(), maxInputBytes).read(ownerId, ref));
  }

  /**
   * Runs work that keeps a core busy or blocks, on one of a fixed number of threads: {@code
   * facesort.worker.threads}, as many as there are cores by default.
   */
  public <V> Mono<V> compute(Callable<V> work) {
    return Mono.defer(
        () -> Mono.fromCallable(() -> withoutErrors(work)).subscribeOn(threads.scheduler()));
  }

  /** Out of memory or a missing native library: as an error it would never reach the waiter. */
  private static <V> V withoutErrors(Callable<V> work) throws Exception {
    try {
      return work.call();
    } catch (Error e) {
      throw new IllegalStateException("The work failed: " + e, e);
    }
  }

  /**
   * Follows a topic from its beginning; returns as soon as everything that is in it now was
   * received, however long that takes. The receiver is called by the follower's own thread.
   */
  public <V extends SpecificRecord> void follow(Topic<V> topic, Consumer<Followed<V>> receiver) {
    TopicFollower<V> follower = TopicFollower.start(topic, clients, events, receiver);
    closing(follower);
    followers.add(follower);
    try {
      follower.caughtUp().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("Cannot follow " + topic.name(), e);
    }
  }

  /** Answers whether parts of topics hold no committed record. */
  public CommittedGaps gaps() {
    return new CommittedGaps(clients);
  }

  /** Has tasks of jobs asked for, before they start, whether they were cancelled. */
  void cancelledBy(Predicate<Task<?>> known) {
    this.cancelled = known;
  }

  /** Whether this task must not be started any more. */
  boolean isCancelled(Task<?> task) {
    return cancelled.test(task);
  }

  /** Writes an object below the task's own prefix, whole or not at all. */
  Mono<StoredObject> write(OutputPrefix prefix, String name, byte[] bytes, String mediaType) {
    return Mono.defer(() ->
        storage
            .get()
            .call(new TaskOutput(storage.get().store(), prefix).put(name, bytes, mediaType)));
  }

  /** Has something closed when the worker ends, last opened first. */
  public <C extends AutoCloseable> C closing(C resource) {
    opened.addFirst(resource);
    return resource;
  }

  /**
   * Names something without which no task can be worked on, such as a model. When tasks fail with a
   * {@link DependencyFailed} of this name the check is run: passes it, the tasks are to blame;
   * fails it or takes longer than ten seconds, they wait until it passes.
   *
   * @param check throws when it is down; run on one of the threads of {@link #compute}
   */
  public void dependsOn(String name, Runnable check) {
    dependencies.put(name, new Dependency(name, clock, probe(name, check)));
  }

  private Mono<Boolean> probe(String name, Runnable check) {
    return compute(
            () -> {
              check.run();
              return true;
            })
        .timeout(CHECK)
        .doOnError(error -> log.warn("{} is down", name, error))
        .onErrorReturn(false);
  }

  /** Asks something outside whether it answers at all; true when nothing of this name is known. */
  public Mono<Boolean> answers(String dependency) {
    return Mono.defer(() -> {
      Dependency known = known(dependency);
      return known == null ? Mono.just(true) : known.answers();
    });
  }

  private @Nullable Dependency known(String name) {
    return name.equals(Storage.NAME) ? storage.get().dependency() : dependencies.get(name);
  }

  /** Whether this dependency has answered nobody since then and does not answer now. */
  boolean isDown(String dependency, Instant since) {
    Dependency known = known(dependency);
    return known != null
        && known.isDown(since)
        && !Boolean.TRUE.equals(known.answers().block(PROBE));
  }

  /** What keeps a followed topic from being read, in one line each. */
  List<String> troubles() {
    return followers.stream().flatMap(follower -> follower.trouble().stream()).toList();
  }

  @Override
  public void close() {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("could not be closed: {}", e.toString());
      }
    }
    threads.close();
  }
}
