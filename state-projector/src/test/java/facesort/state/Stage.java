package facesort.state;

import facesort.local.StackAddresses;
import facesort.schemas.AvroCodec;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.CodecConfig;
import facesort.schemas.JobStatus;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.TopicCreation;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The other services as the projector sees them: what they write, and what they read. */
final class Stage implements AutoCloseable {

  private final Events events;
  private final Producer<byte[], byte[]> producer;
  private final List<JobStatus> statuses = new CopyOnWriteArrayList<>();
  private final List<Cleanup> cleanups = new CopyOnWriteArrayList<>();
  private final List<TaskQueued> tasks = new CopyOnWriteArrayList<>();
  private final List<Future<?>> sent = new ArrayList<>();
  private final List<TopicFollower<?>> followers;

  Stage(StackAddresses stack, Path folder) throws Exception {
    var clients = new KafkaClients(stack.bootstrapServers());
    try (var admin = clients.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    }
    events =
        new Events(
            AvroCodec.open(
                new CodecConfig(
                    URI.create(stack.registryUrl()),
                    Duration.ofSeconds(10),
                    folder.resolve("ids.json"),
                    folder.resolve("cache.json"),
                    true)));
    producer = KafkaClients.newProducer(clients.producer());
    followers =
        List.of(
            TopicFollower.start(
                Topics.JOB_STATUS, clients, events, seen -> add(statuses, seen.value())),
            TopicFollower.start(
                Topics.TASK_QUEUED, clients, events, seen -> add(tasks, seen.value())),
            TopicFollower.start(
                Topics.CLEANUP, clients, events, seen -> add(cleanups, seen.value())));
  }

  private static <V> void add(List<V> all, @org.jspecify.annotations.Nullable V value) {
    if (value != null) {
      all.add(value);
    }
  }

  <V extends SpecificRecord> Stage write(Topic<V> topic, String key, V event) throws Exception {
    return write(record(topic, key, event));
  }

  <V extends SpecificRecord> ProducerRecord<byte[], byte[]> record(
      Topic<V> topic, String key, V event) {
    return events.record(topic, key, event);
  }

  Stage write(ProducerRecord<byte[], byte[]> record) throws Exception {
    producer.send(record).get();
    return this;
  }

  List<JobStatus> statuses(String jobId) {
    return statuses.stream().filter(status -> status.getJobId().equals(jobId)).toList();
  }

  /** Without waiting for each one: {@link #sent} waits for all. */
  <V extends SpecificRecord> void send(Topic<V> topic, String key, V event) {
    sent.add(producer.send(events.record(topic, key, event)));
  }

  /** Everything that was sent is written. */
  void sent() throws Exception {
    for (var write : sent) {
      write.get();
    }
    sent.clear();
  }

  /** Photos whose task was written again, each as often as it was. */
  List<String> queuedAgain(String jobId) {
    return tasks.stream()
        .filter(task -> task.getJobId().equals(jobId) && task.getRun() > 0)
        .map(task -> task.getPhotoId() + " in run " + task.getRun())
        .toList();
  }

  List<Cleanup> requests(String jobId) {
    return cleanups.stream()
        .filter(cleanup -> cleanup.getJobId().equals(jobId))
        .filter(cleanup -> cleanup.getKind() == CleanupKind.REQUESTED)
        .toList();
  }

  @Override
  public void close() {
    producer.close();
    followers.forEach(TopicFollower::close);
  }

  /** Arguments with which the projector works on the stack. */
  static String[] arguments(StackAddresses stack, Path folder) {
    return new String[] {
      "--facesort.kafka.bootstrap-servers=" + stack.bootstrapServers(),
      "--facesort.registry.url=" + stack.registryUrl(),
      "--facesort.registry.auto-register=true",
      "--facesort.registry.ids-file=" + folder.resolve("ids.json"),
      "--facesort.registry.cache-file=" + folder.resolve("cache.json"),
      "--facesort.postgres.url=" + stack.r2dbcUrl(),
      "--facesort.postgres.username=" + stack.postgresUser(),
      "--facesort.postgres.password=" + stack.postgresPassword(),
      "--facesort.projector.state-dir=" + folder.resolve("state"),
    };
  }
}
