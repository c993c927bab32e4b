package facesort.bench.projector;

import facesort.bench.projector.Corpus.Fate;
import facesort.bench.projector.Corpus.Photo;
import facesort.bench.stack.BenchStack;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.DeliveryDone;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.JobSubmit;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.ReleasePolicy;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Writes what ingest, detect, match, delivery and cleanup would write about a corpus: a no-op
 * pipeline. Without transactions, so that every offset of the topics is an event. For one thread.
 */
final class CorpusWriter implements AutoCloseable {
  private static final int WAVE = 2_000;
  private static final Duration DEADLINE = Duration.ofDays(7);

  private final Events events;
  private final DeadLetters deadLetters = new DeadLetters("inference-detect");
  private final Producer<byte[], byte[]> producer;
  private final PhotoEvents photos;
  private final Map<Photo, Future<RecordMetadata>> failing = new LinkedHashMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private long written;

  CorpusWriter(BenchStack stack) {
    this(stack.clients(), new Events(stack.codec(), "bench"), 0);
  }

  /** Of a run of the jobs. */
  CorpusWriter(KafkaClients clients, Events events, int run) {
    this.events = events;
    this.photos = new PhotoEvents(Clock.systemUTC(), run);
    Map<String, Object> settings = clients.producer();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 10);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
    this.producer = KafkaClients.newProducer(settings);
  }

  /** Events written so far. */
  long written() {
    return written;
  }

  /** Writes all of it, as if worked on in waves over all jobs; returns when it is written. */
  void write(Corpus corpus, LongConsumer progress) {
    submit(corpus);
    for (int from = 0; from < corpus.tasks(); from += WAVE) {
      int first = from;
      int upto = Math.min(from + WAVE, corpus.tasks());
      tasks(photos(corpus, first, upto));
      results(() -> photos(corpus, first, upto));
      progress.accept(upto);
    }
    cleaned(corpus);
  }

  /** Writes SUBMIT and the tasks of all jobs; returns when they are written. */
  void begin(Corpus corpus) {
    submit(corpus);
    tasks(photos(corpus, 0, corpus.tasks()));
  }

  /** A task that somebody else wrote, of a photo that cannot be read; it fails with the next results. */
  void fails(Photo photo, RecordMetadata task) {
    failing.put(photo, CompletableFuture.completedFuture(task));
  }

  /** Writes the rest. */
  void finish(Corpus corpus) {
    results(() -> photos(corpus, 0, corpus.tasks()));
    cleaned(corpus);
  }

  /** Writes what comes of some photos whose tasks are written; returns when it is written. */
  void results(PhotoSource some) {
    failing.forEach((photo, task) -> send(deadLetter(photo, task)));
    failing.clear();
    some.photos()
        .filter(CorpusWriter::isLookedAt)
        .forEach(photo -> send(Topics.FACES_DETECTED, taskId(photo), photos.faces(photo)));
    some.photos()
        .filter(CorpusWriter::isLookedAt)
        .forEach(photo -> send(Topics.MATCH_RESULT, taskId(photo), photos.match(photo)));
    some.photos()
        .forEach(photo -> {
          for (DeliveryDone done : photos.deliveries(photo)) {
            send(Topics.DELIVERY_DONE, photo.jobId(), done);
          }
        });
    flush();
  }

  /** Photos, as often as asked for. */
  interface PhotoSource {
    Stream<Photo> photos();
  }

  static Stream<Photo> photos(Corpus corpus, int from, int upto) {
    return IntStream.range(from, upto).mapToObj(corpus::photo);
  }

  /** Cleanup is done for all jobs. */
  void cleaned(Corpus corpus) {
    for (String job : corpus.jobIds()) {
      send(
          Topics.CLEANUP,
          job,
          Cleanup.newBuilder()
              .setEventId(EventIds.event(Topics.CLEANUP, job + "/DONE", 0, 0, 0))
              .setOccurredAt(Clock.systemUTC().instant())
              .setJobId(job)
              .setOwnerId(Corpus.OWNER)
              .setKind(CleanupKind.DONE)
              .setSeq(0)
              .build());
    }
    flush();
  }

  /** Writes a command without a selection; returns its event id when it is written. */
  String command(String job, JobCommand command) {
    String id = EventIds.event(Topics.JOB_CONTROL, job + "/" + command + "/" + written, 0, 0, 0);
    send(Topics.JOB_CONTROL, job, control(job, id, command).build());
    flush();
    return id;
  }

  private void submit(Corpus corpus) {
    for (int i = 0; i < corpus.jobs(); i++) {
      String job = corpus.job(i);
      JobSubmit submit =
          JobSubmit.newBuilder()
              .setName(job)
              .setTotal(corpus.photosOf(i))
              .setRelease(ReleasePolicy.AUTO)
              .setLane(Lane.BULK)
              .setDeadline(Clock.systemUTC().instant().plus(DEADLINE))
              .setManifest(new ObjectRef("facesort", "manifest", null, null))
              .build();
      String id = EventIds.event(Topics.JOB_CONTROL, job + "/SUBMIT", 0, 0, 0);
      send(Topics.JOB_CONTROL, job, control(job, id, JobCommand.SUBMIT).setSubmit(submit).build());
    }
  }

  private static JobControl.Builder control(String job, String id, JobCommand command) {
    return JobControl.newBuilder()
        .setEventId(id)
        .setOccurredAt(Clock.systemUTC().instant())
        .setJobId(job)
        .setOwnerId(Corpus.OWNER)
        .setCommand(command);
  }

  private void tasks(Stream<Photo> some) {
    some.forEach(photo -> {
      Future<RecordMetadata> sent =
          sent(events.record(Topics.TASK_QUEUED, taskId(photo), photos.task(photo)));
      if (photo.fate() == Fate.FAILED) {
        failing.put(photo, sent);
      }
    });
    flush();
  }

  private static boolean isLookedAt(Photo photo) {
    return photo.fate() != Fate.DUPLICATE && photo.fate() != Fate.FAILED;
  }

  private static String taskId(Photo photo) {
    return PhotoEvents.taskId(photo);
  }

  /** What detect writes about a photo that it cannot read. */
  private ProducerRecord<byte[], byte[]> deadLetter(Photo photo, Future<RecordMetadata> written) {
    ProducerRecord<byte[], byte[]> task =
        events.record(Topics.TASK_QUEUED, taskId(photo), photos.task(photo));
    try {
      RecordMetadata where = written.get();
      return deadLetters.of(
          new ConsumerRecord<>(
              where.topic(),
              where.partition(),
              where.offset(),
              where.timestamp(),
              TimestampType.CREATE_TIME,
              ConsumerRecord.NULL_SIZE,
              ConsumerRecord.NULL_SIZE,
              task.key(),
              task.value(),
              new RecordHeaders(task.headers()),
              Optional.empty()),
          DeadLetter.about(FailureCode.CORRUPT_IMAGE, "not a picture", photos.task(photo)));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a task could not be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private <V extends SpecificRecord> void send(Topic<V> topic, String key, V event) {
    send(events.record(topic, key, event));
  }

  /** What fails is thrown by {@link #flush}. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ = sent(record);
  }

  private Future<RecordMetadata> sent(ProducerRecord<byte[], byte[]> record) {
    written++;
    return producer.send(
        record,
        (where, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  private void flush() {
    producer.flush();
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException("the corpus could not be written", refused);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
