package facesort.worker;

import facesort.worker.policy.RecentTasks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Answers tasks from results that lie in the bucket, and puts new results there: for stages whose
 * results are dear. Tasks that belong to no job have none. Called by a lane's consumer thread,
 * which waits.
 */
final class TaskResults {
  private static final int AT_ONCE = 8;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final ResultSink sink;
  private final String stage;
  private final Clock clock;

  TaskResults(ResultSink sink, String stage, Clock clock) {
    this.sink = sink;
    this.stage = stage;
    this.clock = clock;
  }

  /**
   * Settles those of the open tasks that have a result of this model.
   *
   * @throws WorkMustWait when the bucket does not answer
   */
  <T extends SpecificRecord> void find(List<Received<T>> open, String model) {
    await(Flux.fromIterable(open).flatMap(received -> found(received, model), AT_ONCE).then());
  }

  private <T extends SpecificRecord> Mono<Void> found(Received<T> received, String model) {
    ResultKey key = key(received.task(), model);
    return key == null
        ? Mono.empty()
        : sink.find(key).doOnNext(result -> settle(received, result)).then();
  }

  private static <T extends SpecificRecord> void settle(
      Received<T> received, Optional<List<ProducerRecord<byte[], byte[]>>> result) {
    result.ifPresent(records -> received.settle(new Answer.Publish(records)));
  }

  /**
   * Writes the results of a batch, before anything of it is sent.
   *
   * @param begun when the batch was begun
   * @throws WorkMustWait when the bucket does not answer
   */
  <T extends SpecificRecord> void write(List<Received<T>> batch, String model, Instant begun) {
    Map<String, Object> metrics =
        Map.of(
            "stage",
            stage,
            "model",
            model,
            "batch_tasks",
            batch.size(),
            "batch_millis",
            Duration.between(begun, clock.instant()).toMillis());
    await(
        Flux.fromIterable(batch)
            .flatMap(received -> written(received, model, metrics), AT_ONCE)
            .then());
  }

  private <T extends SpecificRecord> Mono<Void> written(
      Received<T> received, String model, Map<String, Object> metrics) {
    if (!(received.answer() instanceof Answer.Publish(var records)) || received.event() == null) {
      return Mono.empty();
    }
    ResultKey key = key(received.task(), model);
    return key == null ? Mono.empty() : sink.write(key, records, metrics);
  }

  private @Nullable ResultKey key(Task<?> task, String model) {
    String owner = task.ownerId();
    String job = task.jobId();
    if (owner == null || job == null) {
      return null;
    }
    RecentTasks.TaskKey key = RecentTasks.key(task.id(), task.run(), model, "");
    HexFormat hex = HexFormat.of();
    return new ResultKey(
        owner,
        job,
        task.id(),
        task.run(),
        stage,
        hex.toHexDigits(key.high()) + hex.toHexDigits(key.low()));
  }

  private static void await(Mono<Void> work) {
    try {
      work.block(LIMIT);
    } catch (DependencyFailed e) {
      throw new WorkMustWait(e.dependency(), e.why());
    }
  }
}
