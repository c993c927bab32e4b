package facesort.worker.kit.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.worker.Stage;
import facesort.worker.WorkerProgram;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One stage under a service name and on input topics of its own, and what is seen of it. Used by
 * one thread.
 */
final class Trial<P, T extends SpecificRecord, R> implements AutoCloseable {
  private static final Pattern WORKS = Pattern.compile("([a-z0-9-]+) works: ");
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final String service = "contract-" + UUID.randomUUID().toString().substring(0, 8);
  private final StackAddresses addresses;
  private final Subject<P, T, R> subject;
  private final Stage<P, T, R> stage;
  private final Clients clients;
  private final Producer<byte[], byte[]> producer;
  private final Watch watch = new Watch(() -> members().size());
  private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();
  private int given;
  private @Nullable ConfigurableApplicationContext running;

  private Trial(Subject<P, T, R> subject, StackAddresses addresses) throws Exception {
    this.addresses = addresses;
    this.subject = subject;
    this.clients = Clients.on(addresses, service);
    Stage<P, T, R> own = subject.stage().get();
    Topic<T> interactive = own.interactiveTopic();
    this.stage =
        Variants.with(
            own.hooks(),
            renamed(own.topic(), "in"),
            interactive == null ? null : renamed(interactive, "interactive"),
            own);
    clients.create(inputs(), subject.outputs());
    this.producer = clients.producer();
  }

  static <P, T extends SpecificRecord, R> Trial<P, T, R> of(
      StageContract<P, T, R> contract, StackAddresses addresses) throws Exception {
    return new Trial<>(contract.subject(), addresses);
  }

  private Topic<T> renamed(Topic<T> topic, String end) {
    return new Topic<>(
        service + "." + end, topic.type(), topic.key(), 1, topic.retention(), topic.compacted());
  }

  /** The stage on its own topics. */
  Stage<P, T, R> stage() {
    return stage;
  }

  /** The same, watched. */
  Stage<P, T, R> watched() {
    return Variants.with(
        watch.around(stage.hooks()), stage.topic(), stage.interactiveTopic(), stage);
  }

  Watch watch() {
    return watch;
  }

  /** What it reads. */
  Topic<T> topic() {
    return stage.topic();
  }

  /** The program as it is shipped, on its real topics. */
  WorkerCommand command() {
    WorkerCommand command =
        WorkerCommand.of(subject.main(), addresses, clients.folder())
            .with("facesort.role", subject.role());
    for (Map.Entry<String, String> setting : subject.settings().entrySet()) {
      command = command.with(setting.getKey(), setting.getValue());
    }
    return command;
  }

  /** Starts a stage with more settings such as {@code name=value}; returns when it works. */
  void start(Supplier<Stage<P, T, R>> what, String... settings) {
    List<String> arguments = new ArrayList<>(clients.settings());
    subject.settings().forEach((name, value) -> arguments.add("--" + name + "=" + value));
    Arrays.stream(settings).forEach(setting -> arguments.add("--" + setting));
    running =
        WorkerProgram.of(service, subject.main())
            .role(subject.role(), what::get)
            .start(arguments.toArray(String[]::new));
  }

  /** Ends it in order. */
  void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** What a new task is made from. */
  Given given() {
    given++;
    return clients.given(service, service + "-job-" + given, "photo-" + given);
  }

  /** Writes a task; returns its bytes. */
  byte[] send(T task) {
    return write(clients.events().record(topic(), key(task), task));
  }

  /** Writes a task of a trace. */
  void sendTraced(T task, String traceParent) {
    ProducerRecord<byte[], byte[]> record = clients.events().record(topic(), key(task), task);
    record.headers().add("traceparent", traceParent.getBytes(UTF_8));
    var _ = write(record);
  }

  /** Writes bytes. */
  byte[] send(String key, byte[] value) {
    return write(new ProducerRecord<>(topic().name(), key.getBytes(UTF_8), value));
  }

  private byte[] write(ProducerRecord<byte[], byte[]> record) {
    sent.add(record);
    var _ = producer.send(record);
    producer.flush();
    return record.value();
  }

  /** Cancels a job; returns when the command is in the topic. */
  void cancel(Given job) {
    JobControl command =
        JobControl.newBuilder()
            .setEventId(job.jobId())
            .setOccurredAt(Instant.now())
            .setJobId(job.jobId())
            .setOwnerId(job.ownerId())
            .setCommand(JobCommand.CANCEL)
            .build();
    var _ = producer.send(clients.events().record(Topics.JOB_CONTROL, job.jobId(), command));
    producer.flush();
  }

  /** Returns when everything sent is behind the group. */
  void awaitSettled() {
    await()
        .atMost(StageContract.LIMIT)
        .pollInterval(LOOK_AGAIN)
        .until(() ->
            TopicLog.places(clients.admin(), groups().getLast()).values().stream()
                .anyMatch(place -> place.offset() == sent.size()));
  }

  /** All groups' members now. */
  List<String> members() {
    return clients.members(groups());
  }

  private List<String> groups() {
    return stage.interactiveTopic() == null
        ? List.of(service + "-main")
        : List.of(service + "-interactive", service + "-bulk");
  }

  private List<Topic<T>> inputs() {
    Topic<T> interactive = stage.interactiveTopic();
    return interactive == null ? List.of(topic()) : List.of(interactive, topic());
  }

  /**
   * An event that it has written.
   *
   * @param topic where
   * @param key its key
   * @param eventId its event_id
   * @param subject key of the task that it is about
   */
  record Output(String topic, String key, String eventId, String subject) {}

  /** What it has written; decoding it is a part of the asking. */
  List<Output> outputs() {
    List<Output> outputs = new ArrayList<>();
    for (Topic<?> topic : subject.outputs()) {
      for (ConsumerRecord<byte[], byte[]> record : written(topic)) {
        SpecificRecord event = clients.events().read(topic, record);
        outputs.add(
            new Output(topic.name(), Events.key(record), text(event, "event_id"), key(event)));
      }
    }
    return outputs;
  }

  /**
   * Asserts that it has written events about these tasks, and about others only if it answers what
   * is refused, too.
   */
  void assertOutputsOf(List<T> tasks) {
    List<Output> outputs = outputs();
    assertThat(outputs).extracting(Output::eventId).doesNotContain("").doesNotHaveDuplicates();
    Set<String> answered = Set.copyOf(outputs.stream().map(Output::subject).toList());
    if (subject.outputs().isEmpty()) {
      assertThat(answered).isEmpty();
    } else if (stage.publishRefused() == null) {
      assertThat(answered).containsExactlyInAnyOrderElementsOf(keys(tasks));
    } else {
      assertThat(answered).containsAll(keys(tasks));
    }
  }

  private List<String> keys(List<T> tasks) {
    return tasks.stream().map(Trial::key).toList();
  }

  /** The traceparent of all it has written. */
  List<String> traceParents() {
    return subject.outputs().stream()
        .flatMap(topic -> written(topic).stream())
        .map(record -> header(record, "traceparent"))
        .toList();
  }

  private List<ConsumerRecord<byte[], byte[]>> written(Topic<?> topic) {
    return TopicLog.committed(clients.kafka(), topic.name()).stream()
        .filter(record -> header(record, "ce_source").equals("/facesort/" + service))
        .toList();
  }

  /**
   * A dead letter.
   *
   * @param code its code
   * @param bytes its value, in hex
   */
  record Letter(String code, String bytes) {}

  /** All dead letters of its topic. */
  List<Letter> deadLetters() {
    return TopicLog.committed(clients.kafka(), topic().deadLetters()).stream()
        .map(record ->
            new Letter(header(record, DeadLetters.CODE), HexFormat.of().formatHex(record.value())))
        .toList();
  }

  static Tuple letter(FailureCode code, byte[] bytes) {
    return Tuple.tuple(code.name(), HexFormat.of().formatHex(bytes));
  }

  /** Its signs of life, the oldest first. */
  List<WorkerHeartbeat> heartbeats() {
    return heartbeats(service + "-0");
  }

  /** The signs of life of a worker, the oldest first. */
  List<WorkerHeartbeat> heartbeats(String worker) {
    return TopicLog.committed(clients.kafka(), Topics.WORKER_HEARTBEAT.name()).stream()
        .filter(record -> Events.key(record).equals(worker) && record.value() != null)
        .map(record -> clients.events().read(Topics.WORKER_HEARTBEAT, record))
        .toList();
  }

  /** What its health endpoint says. */
  String health() throws IOException, InterruptedException {
    String port =
        running == null ? "" : running.getEnvironment().getProperty("local.server.port", "");
    URI health = URI.create("http://127.0.0.1:%s/actuator/health".formatted(port));
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).body();
    }
  }

  /** All keys in the bucket. */
  Set<String> keys() {
    return clients.keys();
  }

  /** Key of an event's record: its task, or whom it is about. */
  static String key(SpecificRecord event) {
    String task = text(event, "task_id");
    return task.isEmpty() ? text(event, "owner_id") + "/" + text(event, "friend_id") : task;
  }

  static boolean hasJob(SpecificRecord event) {
    return event.getSchema().getField("job_id") != null;
  }

  /** The id by which a worker logs that it works. */
  static String workerId(String log) {
    Matcher works = WORKS.matcher(log);
    assertThat(works.find()).as("the line that says who works").isTrue();
    return works.group(1);
  }

  private static String text(SpecificRecord event, String name) {
    Schema.Field field = event.getSchema().getField(name);
    return field == null ? "" : String.valueOf(event.get(field.pos()));
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  @Override
  public void close() {
    stop();
    producer.close();
    clients.close();
  }
}
