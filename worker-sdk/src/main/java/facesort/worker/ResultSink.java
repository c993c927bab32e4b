package facesort.worker;

import facesort.service.ObjectStoreException;
import facesort.service.ObjectStoreException.Kind;
import facesort.service.OutputPrefix;
import facesort.service.TaskOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps results of tasks in the bucket, below each task's output prefix, so that a repeat is
 * answered without the model: {@code result.json} is what went out, {@code metrics.json} how it
 * went. Any number of threads may use it.
 *
 * <p>A result lies in the job's part and is removed by the job's cleanup; until then it holds all
 * that the records hold.
 */
final class ResultSink {

  private static final Logger log = LoggerFactory.getLogger(ResultSink.class);

  private static final String RESULT = "result.json";
  private static final String METRICS = "metrics.json";
  private static final String JSON = "application/json";

  /** Far above 256 KiB a record and the few records that a task puts out. */
  private static final long MAX_BYTES = 32L * 1024 * 1024;

  private final Storage storage;
  private final JsonMapper json = JsonMapper.builder().build();

  ResultSink(Storage storage) {
    this.storage = storage;
  }

  /**
   * Writes both objects, the result last: where it is, everything is. Written before the records
   * are committed; if they never are, the repeat emits these.
   *
   * @return nothing; or {@link DependencyFailed}
   */
  Mono<Void> write(
      ResultKey key, List<ProducerRecord<byte[], byte[]>> outgoing, Map<String, Object> metrics) {
    var output = new TaskOutput(storage.store(), prefix(key));
    return put(output, METRICS, metrics)
        .then(Mono.defer(() -> put(output, RESULT, StoredResult.of(key, outgoing))));
  }

  /**
   * What went out for exactly this task, run, stage and key hash, ready to be sent again; empty
   * when there is no such result or one that this program cannot read.
   *
   * @return the records, none for a final step; or {@link DependencyFailed}
   */
  Mono<Optional<List<ProducerRecord<byte[], byte[]>>>> find(ResultKey key) {
    return storage
        .call(storage.store().get(prefix(key).key(RESULT).value(), MAX_BYTES))
        .map(bytes -> read(key, bytes))
        .onErrorResume(ResultSink::isMissing, missing -> Mono.just(Optional.empty()));
  }

  private Mono<Void> put(TaskOutput output, String name, Object content) {
    return Mono.fromCallable(() -> json.writeValueAsBytes(content))
        .flatMap(bytes -> storage.call(output.put(name, bytes, JSON)))
        .then();
  }

  private Optional<List<ProducerRecord<byte[], byte[]>>> read(ResultKey key, byte[] bytes) {
    try {
      return Optional.of(json.readValue(bytes, StoredResult.class))
          .filter(result -> result.answers(key))
          .map(StoredResult::outgoing);
    } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
      // The task is simply done again, and its result takes this one's place.
      log.warn("the stored result of task {} is not readable: {}", key.taskId(), e.toString());
      return Optional.empty();
    }
  }

  private static OutputPrefix prefix(ResultKey key) {
    return new OutputPrefix(key.ownerId(), key.jobId(), key.taskId(), key.stage());
  }

  private static boolean isMissing(Throwable error) {
    return error instanceof ObjectStoreException e && e.kind() == Kind.MISSING;
  }
}
