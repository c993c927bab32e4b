package facesort.worker.faults;

import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.worker.Input;
import facesort.worker.Outcome;
import facesort.worker.Outgoing;
import facesort.worker.RejectedTask;
import facesort.worker.Stage;
import facesort.worker.Task;
import facesort.worker.TaskContext;
import facesort.worker.WorkerProgram;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.HoldPoint;
import facesort.worker.kit.PrivateTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A stage whose work is told by the photo's id: its first word is what happens. It notes each start
 * of work in a file, which is how tests see it from outside.
 */
final class KitStage {
  /** System property: the service's name, which names the topics. */
  static final String SERVICE = "kit.service";

  /** System property: the file of starts. */
  static final String STARTS = "kit.starts";

  /** Behind the name of the file of starts: the file of photos that were asked for. */
  static final String READS = ".reads";

  /** Behind the name of the file of starts: the file of buckets, a line of photos each. */
  static final String BUCKETS = ".buckets";

  /** System property: how many tasks of a bucket are worked on at once. */
  static final String AT_ONCE = "kit.at-once";

  private KitStage() {}

  /** Starts the worker. */
  public static void main(String[] arguments) {
    WorkerProgram.of(System.getProperty(SERVICE), KitStage.class)
        .role("main", () -> stage(System.getProperty(SERVICE)))
        .run(arguments);
  }

  private static Stage<Path, TaskQueued, String> stage(String service) {
    return Stage.<Path, TaskQueued, String>named("kit")
        .reads(PrivateTopics.in(service))
        .interactive(PrivateTopics.interactive(service))
        .deadline(Duration.ofSeconds(30))
        .loadPipeline(context -> Path.of(System.getProperty(STARTS)))
        .process(KitStage::process)
        .publishNext((context, task, digest) ->
            List.of(
                new Outgoing<>(PrivateTopics.out(service), task.id(), event(task.event(), digest))))
        .build();
  }

  private static Flux<Outcome<String>> process(
      TaskContext<Path> context, List<Task<TaskQueued>> tasks) {
    append(
        Path.of(context.pipeline() + BUCKETS),
        tasks.stream().map(task -> task.event().getPhotoId()).collect(Collectors.joining(" ")));
    return context.each(tasks, Integer.getInteger(AT_ONCE, 2), task -> digest(context, task));
  }

  private static TaskQueued event(TaskQueued task, String digest) {
    TaskQueued.Builder event = TaskQueued.newBuilder(task).setSha256(digest);
    return task.getPhotoId().startsWith("big-")
        ? event.setSettledMessage("x".repeat(Topics.MAX_RECORD_BYTES)).build()
        : event.build();
  }

  private static Mono<String> digest(TaskContext<Path> context, Task<TaskQueued> task) {
    String photo = task.event().getPhotoId();
    Mono<String> digest =
        context.compute(() -> {
          note(context.pipeline(), photo);
          work(photo);
          return Guarantees.digest(photo);
        });
    return photo.startsWith("read-") ? read(context, task.event()).then(digest) : digest;
  }

  private static Mono<Input> read(TaskContext<Path> context, TaskQueued task) {
    return Mono.defer(
            () -> {
              note(Path.of(context.pipeline() + READS), task.getPhotoId());
              return context.read(task.getOwnerId(), task.getSource());
            })
        .doOnNext(input -> {
          if (!new String(input.bytes(), StandardCharsets.UTF_8).startsWith(task.getPhotoId())) {
            throw new RejectedTask(FailureCode.CORRUPT_IMAGE, "another photo");
          }
        });
  }

  private static void note(Path starts, String photo) {
    append(
        starts,
        "%d %s %d".formatted(System.currentTimeMillis(), photo, ProcessHandle.current().pid()));
  }

  static void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void work(String photo) throws InterruptedException {
    String[] words = photo.split("-", -1);
    switch (words[0]) {
      case "ok", "big", "read" -> {}
      case "hold" -> HoldPoint.here(words[1]);
      case "slow" -> Thread.sleep(Long.parseLong(words[1]));
      case "reject" -> throw new RejectedTask(FailureCode.CORRUPT_IMAGE, "planted");
      case "throw" -> throw new IllegalStateException("planted");
      case "crash" -> segmentationFault();
      case "halt" -> Runtime.getRuntime().halt(134);
      case "hang" -> hang();
      case "oom" -> outOfMemory();
      default -> throw new IllegalArgumentException(photo);
    }
  }

  /** A real one: the process dies of SIGSEGV. */
  @SuppressWarnings("restricted")
  private static void segmentationFault() {
    MemorySegment.ofAddress(8).reinterpret(16).set(ValueLayout.JAVA_LONG, 0, 1);
  }

  /** Like native code that never returns: interrupts do not help. */
  private static void hang() {
    while (true) {
      LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
    }
  }

  private static void outOfMemory() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[8 * 1024 * 1024]);
    }
  }
}
