package facesort.worker;

import facesort.schemas.Causation;
import facesort.schemas.FailureCode;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * An event that a stage has to answer; two tasks are equal only when they are the same object.
 *
 * @param <T> type of the event
 */
public final class Task<T extends SpecificRecord> {
  private final String key;
  private final T event;
  private final Causation causation;
  private volatile boolean lastTry;

  Task(String key, T event, Causation causation) {
    this.key = key;
    this.event = event;
    this.causation = causation;
  }

  /** What is asked. */
  public T event() {
    return event;
  }

  /** Where the event was read, for the events that follow from it. */
  public Causation causation() {
    return causation;
  }

  /**
   * Whether a failure of this try is the last one: the policy allows no other. For stages that then
   * answer with what they have; never true in the process that runs suspects of a crash.
   */
  public boolean isLastTry() {
    return lastTry;
  }

  void lastTry() {
    this.lastTry = true;
  }

  /** Its task_id, or the record's key when events of this type have none. */
  public String id() {
    String id = text("task_id");
    return id == null ? key : id;
  }

  /** The job it belongs to, null when to none. */
  public @Nullable String jobId() {
    return text("job_id");
  }

  /** The owner it belongs to, null when to none. */
  public @Nullable String ownerId() {
    return text("owner_id");
  }

  /** Run of the job, 0 when events of this type have none. */
  public int run() {
    return field("run") instanceof Integer run ? run : 0;
  }

  /**
   * What is the same in a repeat: its task_id; its event_id where there are no tasks; or its place,
   * which nothing repeats.
   */
  String repeatId() {
    String task = text("task_id");
    String id = task == null ? text("event_id") : task;
    return id == null ? causation.toString() : id;
  }

  /** It is done, with this result. */
  public <R> Outcome<R> done(R result) {
    return new Outcome.Done<>(this, result);
  }

  /** It can never be done. */
  public <R> Outcome<R> rejected(FailureCode code, String why) {
    return new Outcome.Rejected<>(this, code, why);
  }

  /** It was not done; the retry policy of the code decides how often it is tried again. */
  public <R> Outcome<R> failed(FailureCode code, String why) {
    return new Outcome.Failed<>(this, code, why, "");
  }

  /** There is nothing to do. */
  public <R> Outcome<R> skipped(String why) {
    return new Outcome.Skipped<>(this, why);
  }

  /** What an exception of its work means. */
  <R> Outcome<R> failed(Throwable error) {
    return switch (error) {
      case RejectedTask rejected -> rejected(rejected.code(), rejected.why());
      case DependencyFailed failed ->
          new Outcome.Failed<>(this, failed.code(), failed.why(), failed.dependency());
      default -> failed(FailureCode.INTERNAL, String.valueOf(error));
    };
  }

  private @Nullable String text(String name) {
    Object value = field(name);
    return value == null ? null : value.toString();
  }

  private @Nullable Object field(String name) {
    var field = event.getSchema().getField(name);
    return field == null ? null : event.get(field.pos());
  }
}
