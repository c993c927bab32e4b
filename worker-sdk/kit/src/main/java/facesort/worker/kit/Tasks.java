package facesort.worker.kit;

import facesort.schemas.EventIds;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes tasks to private topics and remembers what was written. A task's photo id says what its
 * work will be. Tasks go to the partitions in turn unless told otherwise.
 */
public final class Tasks implements AutoCloseable {
  /** A header that every record has: dead letters must keep it. */
  public static final String HEADER = "kit-header";

  private static final String OWNER = "kit";

  private final PrivateTopics topics;
  private final Producer<byte[], byte[]> producer;
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile String job = newJob();

  /** A record on its way. */
  private record Pending(
      Future<RecordMetadata> where, String key, String digest, String photo, Expected expected) {}

  private Tasks(PrivateTopics topics) {
    this.topics = topics;
    this.producer = KafkaClients.newProducer(topics.clients().producer());
  }

  /** For these topics. */
  public static Tasks to(PrivateTopics topics) {
    return new Tasks(topics);
  }

  /** What was written so far. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** The job of the tasks that are written now. */
  public String job() {
    return job;
  }

  /** What is written from now on is of another job. */
  public Tasks anotherJob() {
    job = newJob();
    return this;
  }

  private static String newJob() {
    return "job-" + UUID.randomUUID();
  }

  /** Writes so many tasks of one kind, with names at random. */
  public Tasks send(int count, String work) {
    List<Pending> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TaskQueued task = task(work + "-" + UUID.randomUUID().toString().substring(0, 8));
      all.add(begin(producer, topics.in(), task, nextPartition(), Expected.published()));
    }
    all.forEach(this::finish);
    return this;
  }

  /** Writes a task. */
  public Tasks send(String photo, Expected expected) {
    return send(topics.in(), photo, nextPartition(), expected);
  }

  private int nextPartition() {
    return Math.floorMod(turn.getAndIncrement(), PrivateTopics.PARTITIONS);
  }

  /** Writes a task to a partition of a topic. */
  public Tasks send(Topic<TaskQueued> topic, String photo, int partition, Expected expected) {
    return send(topic, task(photo), partition, expected);
  }

  /** Writes a task whose photo is this object to a partition of the first topic. */
  public Tasks send(String photo, ObjectRef source, int partition, Expected expected) {
    TaskQueued task = TaskQueued.newBuilder(task(photo)).setSource(source).build();
    return send(topics.in(), task, partition, expected);
  }

  private Tasks send(Topic<TaskQueued> topic, TaskQueued task, int partition, Expected expected) {
    return finish(begin(producer, topic, task, partition, expected));
  }

  private Pending begin(
      Producer<byte[], byte[]> by,
      Topic<TaskQueued> topic,
      TaskQueued task,
      int partition,
      Expected expected) {
    ProducerRecord<byte[], byte[]> made = topics.events().record(topic, task.getTaskId(), task);
    return begin(by, topic, partition, task.getTaskId(), made.value(), task.getPhotoId(), expected);
  }

  /** Where a photo of its owner is kept. */
  public String photoKey(String photo) {
    return "owners/" + OWNER + "/photos/" + photo;
  }

  /** Writes a task in a schema that the registry learns now: no reader has seen its id. */
  public Tasks inNewerSchema(String photo, int partition) {
    int id = NewerSchema.register(topics.stack().registryUrl(), topics.in());
    TaskQueued task = task(photo);
    return raw(
        topics.in(),
        partition,
        task.getTaskId(),
        NewerSchema.encoded(
            id, topics.events().record(topics.in(), task.getTaskId(), task).value()),
        photo,
        Expected.published());
  }

  /** Writes bytes that need be no task to a partition of the first topic. */
  public Tasks bytes(String key, byte @Nullable [] value, int partition, Expected expected) {
    return raw(topics.in(), partition, key, value, "", expected);
  }

  /** Writes a task in a transaction that is aborted: nothing may follow from it. */
  public Tasks aborted(String photo) {
    return transaction(topics.in(), List.of(photo), Expected.nothing(), Producer::abortTransaction);
  }

  /** Writes tasks to one partition in one transaction: a reader finds all of them or none. */
  public Tasks together(Topic<TaskQueued> topic, List<String> photos) {
    return transaction(topic, photos, Expected.published(), Producer::commitTransaction);
  }

  private Tasks transaction(
      Topic<TaskQueued> topic,
      List<String> photos,
      Expected expected,
      Consumer<Producer<byte[], byte[]>> end) {
    try (Producer<byte[], byte[]> transactional =
        KafkaClients.newProducer(topics.clients().transactional(topics.service() + "-tasks"))) {
      transactional.initTransactions();
      transactional.beginTransaction();
      photos.stream()
          .map(photo -> begin(transactional, topic, task(photo), 0, expected))
          .toList()
          .forEach(this::finish);
      end.accept(transactional);
      return this;
    }
  }

  /** The bytes that a task would have. */
  public byte[] encoded(String photo) {
    TaskQueued task = task(photo);
    return topics.events().record(topics.in(), task.getTaskId(), task).value();
  }

  /** The bytes of an event of another topic. */
  public byte[] foreign() {
    return topics.events().record(Topics.JOB_CONTROL, job, command()).value();
  }

  private Tasks raw(
      Topic<?> topic,
      int partition,
      String key,
      byte @Nullable [] value,
      String photo,
      Expected expected) {
    return finish(begin(producer, topic, partition, key, value, photo, expected));
  }

  private static Pending begin(
      Producer<byte[], byte[]> by,
      Topic<?> topic,
      int partition,
      String key,
      byte @Nullable [] value,
      String photo,
      Expected expected) {
    List<Header> headers =
        List.of(new RecordHeader(HEADER, photo.getBytes(StandardCharsets.UTF_8)));
    Future<RecordMetadata> where =
        by.send(
            new ProducerRecord<>(
                topic.name(),
                partition,
                null,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                headers));
    return new Pending(where, key, Digest.of(value), photo, expected);
  }

  private Tasks finish(Pending pending) {
    RecordMetadata where = written(pending.where());
    sent.add(
        new Sent(
            where.topic(),
            where.partition(),
            where.offset(),
            where.timestamp(),
            pending.key(),
            pending.digest(),
            pending.photo(),
            pending.expected()));
    return this;
  }

  private static RecordMetadata written(Future<RecordMetadata> where) {
    try {
      return where.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A task cannot be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Cancels the job of the tasks that are written now; returns when the command is in the topic.
   */
  public Instant cancel() {
    var _ = written(producer.send(topics.events().record(Topics.JOB_CONTROL, job, command())));
    return Instant.now();
  }

  private JobControl command() {
    return JobControl.newBuilder()
        .setEventId(UUID.randomUUID().toString())
        .setOccurredAt(Instant.now())
        .setJobId(job)
        .setOwnerId(OWNER)
        .setCommand(JobCommand.CANCEL)
        .build();
  }

  private TaskQueued task(String photo) {
    return about(OWNER, job, photo, new ObjectRef("facesort", photoKey(photo), null, null));
  }

  /** A task to find the faces in this object, in the bulk lane, as ingest writes it. */
  public static TaskQueued about(String owner, String job, String photo, ObjectRef source) {
    return TaskQueued.newBuilder()
        .setEventId(photo)
        .setOccurredAt(Instant.now())
        .setJobId(job)
        .setOwnerId(owner)
        .setTaskId(EventIds.task(job, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(source)
        .setPosition(0)
        .build();
  }

  @Override
  public void close() {
    producer.close();
  }
}
