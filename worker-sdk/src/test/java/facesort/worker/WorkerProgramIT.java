package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.DeadLetters;
import facesort.service.KafkaClients;
import facesort.service.StackClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** A stage from its three hooks to committed events, in one process. */
@ExtendWith(LocalStackExtension.class)
class WorkerProgramIT {
  private static final String RUN = UUID.randomUUID().toString().substring(0, 8);
  private static final Topic<TaskQueued> IN = topic("program-it-in-" + RUN);
  private static final Topic<TaskQueued> OUT = topic("program-it-out-" + RUN);

  @TempDir private Path folder;

  @Test
  void tasks_arePublishedOrSetAside_eachOnItsOwn(StackAddresses addresses) throws Exception {
    KafkaClients clients = new KafkaClients(addresses.bootstrapServers());
    try (Admin admin = clients.admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(IN.name(), 2, (short) 1),
                  new NewTopic(IN.deadLetters(), 2, (short) 1),
                  new NewTopic(OUT.name(), 2, (short) 1)))
          .all()
          .get();
    }
    try (StackClients stack = StackClients.on(addresses, folder);
        Producer<byte[], byte[]> producer = KafkaClients.newProducer(clients.producer());
        var worker = program().start(settings(addresses))) {
      for (int i = 0; i < 40; i++) {
        TaskQueued task = task(i == 7 ? "reject" : i == 9 ? "throw" : "photo" + i);
        var _ = producer.send(stack.events().record(IN, task.getTaskId(), task));
      }
      producer.flush();

      List<String> outputs = keys(read(clients, OUT.name(), 38));
      List<ConsumerRecord<byte[], byte[]>> letters = read(clients, IN.deadLetters(), 2);

      assertThat(worker.isRunning()).isTrue();
      assertThat(outputs).hasSize(38).doesNotHaveDuplicates();
      assertThat(letters)
          .extracting(
              letter -> header(letter, DeadLetters.CODE) + header(letter, DeadLetters.ATTEMPTS))
          .containsExactlyInAnyOrder("CORRUPT_IMAGE1", "INTERNAL3");
    }
  }

  private static WorkerProgram program() {
    return WorkerProgram.of("program-it-" + RUN, WorkerProgramIT.class)
        .role("main", WorkerProgramIT::stage);
  }

  private static Stage<String, TaskQueued, String> stage() {
    return Stage.<String, TaskQueued, String>named("echo")
        .reads(IN)
        .loadPipeline(context -> "pipeline")
        .process((context, tasks) -> context.each(tasks, 4, task -> answer(task.event())))
        .publishNext(
            (context, task, result) -> List.of(new Outgoing<>(OUT, task.id(), task.event())))
        .build();
  }

  private static Mono<String> answer(TaskQueued task) {
    return switch (task.getPhotoId()) {
      case "reject" -> Mono.error(new RejectedTask(FailureCode.CORRUPT_IMAGE, "no picture"));
      case "throw" -> throw new IllegalStateException("a fault of the stage");
      default -> Mono.just(task.getPhotoId());
    };
  }

  private String[] settings(StackAddresses addresses) {
    return Stream.of(
            "kafka.bootstrap-servers=" + addresses.bootstrapServers(),
            "registry.url=" + addresses.registryUrl(),
            "registry.ids-file=" + folder.resolve("ids.json"),
            "registry.cache-file=" + folder.resolve("cache.json"),
            "registry.auto-register=true")
        .map(setting -> "--facesort." + setting)
        .toArray(String[]::new);
  }

  private static TaskQueued task(String photo) {
    return TaskQueued.newBuilder()
        .setEventId(photo)
        .setOccurredAt(Instant.now())
        .setJobId("job")
        .setOwnerId("owner")
        .setTaskId(EventIds.task("job", photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(new ObjectRef("facesort", "owners/owner/jobs/job/photos/" + photo, null, null))
        .setPosition(0)
        .build();
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(
      KafkaClients clients, String topic, int count) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    Instant limit = Instant.now().plusSeconds(30);
    try (Consumer<byte[], byte[]> consumer = KafkaClients.newConsumer(clients.reader())) {
      List<TopicPartition> partitions =
          List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (found.size() < count && Instant.now().isBefore(limit)) {
        consumer.poll(Duration.ofMillis(100)).forEach(found::add);
      }
    }
    return found;
  }

  private static List<String> keys(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(r -> new String(r.key(), StandardCharsets.UTF_8)).toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static Topic<TaskQueued> topic(String name) {
    return new Topic<>(name, TaskQueued.class, "task_id", 2, Duration.ofDays(1), false);
  }
}
