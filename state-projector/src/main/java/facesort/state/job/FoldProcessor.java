package facesort.state.job;

import facesort.service.DeadLetters;
import facesort.service.Events;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries events to {@link JobFold} and its effects to their topics; stores, outputs and offsets
 * are one transaction. A status is published at once when the state changed or a command was
 * answered, else at most once a second. Called by a stream thread.
 */
final class FoldProcessor implements Processor<byte[], JobEvent, byte[], Emitted> {

  private static final Logger log = LoggerFactory.getLogger(FoldProcessor.class);
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final int MOST_AT_ONCE = 500;

  /** Photos that are looked at to be queued again, in one look: no transaction takes long. */
  private static final int MOST_AGAIN = 1_000;

  private final Effects effects;
  private final Retention retention;
  private ProcessorContext<byte[], Emitted> context;
  private JobStores stores;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  FoldProcessor(Events events, DeadLetters deadLetters, Retention retention) {
    this.effects = new Effects(events, deadLetters, retention.failed());
    this.retention = retention;
  }

  @Override
  public void init(ProcessorContext<byte[], Emitted> started) {
    context = started;
    stores = new JobStores(started);
    started.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<byte[], JobEvent> record) {
    var event = record.value();
    var jobId = event.head().jobId();
    var photoId = event.photoId();
    var known = stores.job(jobId);
    var photo = stores.photo(jobId, photoId);
    var now = context.currentSystemTimeMs();
    var folded =
        JobFold.fold(
            known == null ? null : known.facts(), photo, counted(event, known), retention, now);
    var step = new Step(known, folded.job(), event.head().origin(), now);
    if (photoId != null && !folded.photo().equals(photo)) {
      step.photo(photoId, folded.photo());
      if (event instanceof JobEvent.TaskSeen task) {
        step.task(photoId, StoredTask.of(task));
      }
    }
    perform(folded, step);
    if (event instanceof JobEvent.Commanded) {
      workOff(step, MOST_AGAIN);
    }
    finish(step);
  }

  /** A selection is counted once, when its command is taken. */
  private JobEvent counted(JobEvent event, @Nullable JobRecord known) {
    if (known == null || !(event instanceof JobEvent.Commanded said) || !said.selects()) {
      return event;
    }
    var job = known.facts();
    var selected = Selected.NONE;
    try (var photos = stores.photos(job.jobId(), "", said.selection())) {
      while (photos.hasNext()) {
        var photo = photos.next();
        selected = selected.plus(said.selection().count(job, photo.getKey(), photo.getValue()));
      }
    }
    return said.counted(selected);
  }

  /** Jobs about which time alone has something to say, or whose selections wait. */
  private void look(long wallClock) {
    var now = context.currentSystemTimeMs();
    var again = MOST_AGAIN;
    for (var jobId : stores.due(now, MOST_AT_ONCE)) {
      var known = stores.job(jobId);
      if (known != null) {
        again = lookSafely(known, again, now);
      }
    }
  }

  /**
   * No handler sees what fails here: a job at which time can do nothing waits for its next event.
   */
  private int lookSafely(JobRecord known, int again, long now) {
    try {
      return look(known, again, now);
    } catch (RuntimeException e) {
      if (OwnTrouble.isOutside(e)) {
        throw e;
      }
      log.error("job {} could not be looked at", known.facts().jobId(), e);
      stores.unschedule(known);
      forward(OwnTrouble.of(known.facts(), e), now);
      return again;
    }
  }

  private int look(JobRecord known, int again, long now) {
    var step = new Step(known, known.facts(), null, now);
    var left = workOff(step, again);
    if (left == again) {
      perform(JobFold.tick(step.job().facts(), retention, now), step);
    }
    finish(step);
    return left;
  }

  /** Queues again what waits for it, as far as the number of photos to look at goes. */
  private int workOff(Step step, int most) {
    var left = most;
    while (left > 0 && !step.job().facts().runs().requeues().isEmpty()) {
      left -= queueAgain(step, left);
    }
    if (left < most) {
      perform(JobFold.tick(step.job().facts(), retention, step.now()), step);
    }
    return left;
  }

  /** The next part of the oldest selection. */
  private int queueAgain(Step step, int most) {
    var job = step.job().facts();
    var pending = job.runs().requeues().getFirst();
    try (var rest = stores.photos(job.jobId(), pending.after(), pending.selection())) {
      var done = Requeuing.of(job, rest, most);
      for (var photo : done.photos()) {
        var task = stores.task(job.jobId(), photo.getKey());
        if (task == null) {
          throw new IllegalStateException("no task of photo " + photo.getKey());
        }
        step.photo(photo.getKey(), photo.getValue());
        effects.queueAgain(task, pending.run(), pending.cause(), step);
      }
      step.facts(done.job());
      return Math.max(1, done.looked());
    }
  }

  private void perform(Folded folded, Step step) {
    step.facts(folded.job());
    for (var effect : folded.effects()) {
      switch (effect) {
        case Effect.Publish publish -> effects.publish(publish.job(), step);
        case Effect.AskCleanup ask -> effects.askCleanup(ask.seq(), stores, step);
        case Effect.QueueAgain again ->
            effects.queueAgain(
                StoredTask.of(again.task()),
                folded.job().runs().open(),
                again.task().head().origin(),
                step);
        case Effect.Refuse refuse -> effects.refuse(refuse, step);
      }
    }
  }

  /** From here on nothing is computed: what the step holds is stored and sent. */
  private void finish(Step step) {
    if (step.saysMore()) {
      step.changed();
    }
    if (step.job().mayPublish(step.now())) {
      effects.publish(step.job().facts(), step);
    }
    var news = step.isNews();
    step.store(stores);
    step.written().forEach(record -> forward(record, step.now()));
    if (news) {
      context.commit();
    }
  }

  private void forward(ProducerRecord<byte[], byte[]> record, long now) {
    context.forward(
        new Record<byte[], Emitted>(
            record.key(),
            new Outgoing(record.topic(), record.partition(), Bytes.wrap(record.value())),
            now,
            record.headers()));
  }
}
