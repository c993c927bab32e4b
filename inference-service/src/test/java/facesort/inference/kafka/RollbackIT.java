package facesort.inference.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.TestStack;
import facesort.inference.task.Outcome;
import facesort.inference.task.Task;
import facesort.inference.task.TaskHandler;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.Topic;
import facesort.service.DeadLetter;
import facesort.service.DeadLetters;
import facesort.service.Heartbeat;
import facesort.service.WorkerIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

@ExtendWith(LocalStackExtension.class)
class RollbackIT {
  private static final Topic<JobControl> IN = topic("rollback-it-in");
  private static final Topic<JobControl> OUT = topic("rollback-it-out");
  private static final int RECORDS = 200;

  private final TestStack stack;

  RollbackIT(StackAddresses addresses, @TempDir Path folder) throws Exception {
    this.stack = new TestStack(addresses, folder);
    try (Admin admin = stack.clients().admin()) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(IN.name(), 2, (short) 1),
                  new NewTopic(IN.deadLetters(), 2, (short) 1),
                  new NewTopic(OUT.name(), 2, (short) 1)))
          .all()
          .get();
    }
  }

  @Test
  void batch_thatFailsAfterItSent_isRolledBackWhole_andNothingIsTwice() {
    for (int i = 0; i < RECORDS; i++) {
      stack.send(IN, "key" + i, event("job" + i));
    }
    for (int i = 0; i < 3; i++) {
      stack.send(new ProducerRecord<>(IN.name(), new byte[] {(byte) i}, new byte[] {9, 9}));
    }
    AtomicInteger calls = new AtomicInteger();
    TaskHandler<JobControl> handler =
        tasks -> calls.incrementAndGet() == 2 ? brokenAtTheEnd(tasks) : outcomes(tasks);

    KafkaMessageListenerContainer<byte[], byte[]> container = container(handler);
    container.start();
    List<String> published =
        stack.await(OUT, RECORDS - 5, event -> true).stream().map(JobControl::getJobId).toList();
    List<String> codes =
        stack.records(IN.deadLetters(), 8, record -> true).stream()
            .map(record -> header(record.headers().lastHeader(DeadLetters.CODE).value()))
            .toList();
    container.stop();

    assertThat(calls.get()).isGreaterThan(3);
    assertThat(published)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, RECORDS)
                .filter(i -> !isPoison("job" + i))
                .mapToObj(i -> "job" + i)
                .toList());
    assertThat(codes.stream().collect(Collectors.groupingBy(c -> c, Collectors.counting())))
        .containsOnly(Map.entry("INVALID_EVENT", 5L), Map.entry("UNDECODABLE", 3L));
    stack.close();
  }

  private KafkaMessageListenerContainer<byte[], byte[]> container(TaskHandler<JobControl> handler) {
    WorkerIdentity who = new WorkerIdentity("rollback-it", "", 0, "test", "");
    Heartbeat heartbeat = new Heartbeat(who, stack.events(), stack.clients(), Clock.systemUTC());
    return new LaneContainers(
            stack.clients(), stack.events(), new DeadLetters(who.name()), heartbeat)
        .container(new Lane<>(who, "main", IN, 50, handler));
  }

  private static List<Outcome> outcomes(List<Task<JobControl>> tasks) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Task<JobControl> task : tasks) {
      String job = task.event().getJobId();
      outcomes.add(
          isPoison(job)
              ? new Outcome.Refuse(DeadLetter.unattributed(FailureCode.INVALID_EVENT, "poison"))
              : new Outcome.Publish<>(OUT, job, task.event()));
    }
    return outcomes;
  }

  /** An event without content cannot be encoded: all before it are in the transaction by then. */
  private static List<Outcome> brokenAtTheEnd(List<Task<JobControl>> tasks) {
    List<Outcome> outcomes = outcomes(tasks);
    outcomes.set(outcomes.size() - 1, new Outcome.Publish<>(OUT, "broken", new JobControl()));
    return outcomes;
  }

  private static boolean isPoison(String job) {
    return Integer.parseInt(job.substring(3)) % 40 == 7;
  }

  private static JobControl event(String job) {
    return JobControl.newBuilder()
        .setEventId(job)
        .setOccurredAt(Instant.EPOCH)
        .setJobId(job)
        .setOwnerId("owner")
        .setCommand(JobCommand.CANCEL)
        .build();
  }

  private static Topic<JobControl> topic(String name) {
    return new Topic<>(name, JobControl.class, "job_id", 2, Duration.ofDays(1), false);
  }

  private static String header(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
