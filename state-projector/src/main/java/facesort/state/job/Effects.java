package facesort.state.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes of what the fold wants written the records that are. */
record Effects(Events events, DeadLetters deadLetters, Duration failedStay) {

  private static final byte[] NOTHING = new byte[0];

  /** A job whose owner is not known yet has nobody to be told to. */
  void publish(JobFacts facts, Step step) {
    if (facts.ownerId().isEmpty()) {
      return;
    }
    var job = step.job();
    var status = JobRecords.status(facts, job.publications(), step.cause(), step.now());
    step.write(events.record(Topics.JOB_STATUS, facts.jobId(), status));
    step.published(facts);
  }

  /** Asks to remove everything but what is to stay, which is decided here. */
  void askCleanup(int seq, JobStores stores, Step step) {
    var facts = step.job().facts();
    try (var photos = stores.photos(facts.jobId(), "", Selection.ALL)) {
      var kept = KeptOriginals.of(facts, step.photos(photos), failedStay, step.now());
      var request = JobRecords.cleanup(facts, seq, kept, step.cause(), step.now());
      step.write(events.record(Topics.CLEANUP, facts.jobId(), request));
      step.facts(facts.with(facts.cleaning().leaving(kept, facts.runs().counted())));
    }
  }

  /** Queues a photo again, in the lane and with the key that it had. */
  void queueAgain(StoredTask stored, int run, Origin cause, Step step) {
    var topic = lane(stored.topic());
    var original =
        new ConsumerRecord<>(
            stored.topic(),
            0,
            0,
            stored.key() == null ? NOTHING : stored.key().bytes(),
            stored.value().bytes());
    var task = JobRecords.again(topic, events.read(topic, original), run, cause, step.now());
    var record = events.record(topic, task.getTaskId(), task);
    var key = stored.key() == null ? task.getTaskId().getBytes(UTF_8) : stored.key().bytes();
    step.write(new ProducerRecord<>(topic.name(), null, key, record.value(), record.headers()));
  }

  private static Topic<TaskQueued> lane(String topic) {
    return topic.equals(Topics.TASK_QUEUED_INTERACTIVE.name())
        ? Topics.TASK_QUEUED_INTERACTIVE
        : Topics.TASK_QUEUED;
  }

  /**
   * Only a task's bytes are at hand here; of other events the origin header says where they are.
   */
  void refuse(Effect.Refuse refuse, Step step) {
    var why = about(refuse.event(), refuse.code(), refuse.message());
    step.write(deadLetters.of(OwnTrouble.original(refuse.event(), step.now()), why));
  }

  private static DeadLetter about(JobEvent event, FailureCode code, String message) {
    var head = event.head();
    return new DeadLetter(
        code,
        message,
        1,
        head.ownerId(),
        head.jobId(),
        event.photoId(),
        head.source().taskId(),
        head.run());
  }
}
