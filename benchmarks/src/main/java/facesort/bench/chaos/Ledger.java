package facesort.bench.chaos;

import facesort.bench.drive.Answer;
import facesort.bench.stage.Sharpness;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Compares what was asked with what all topics hold. */
final class Ledger {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Map<String, Integer> answers = new HashMap<>();
  private final Map<String, Integer> letters = new HashMap<>();
  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, Double> scores = new HashMap<>();

  /** Takes the answers as read, and reads the dead letters to their end. */
  Ledger(WorkerSetup setup, List<Answer> read) {
    for (Answer answer : read) {
      answers.merge(answer.key(), 1, Integer::sum);
      scores.put(answer.key(), answer.score());
    }
    for (ConsumerRecord<byte[], byte[]> letter : deadLetters(setup)) {
      letters.merge(Events.key(letter), 1, Integer::sum);
      codes.put(
          Events.key(letter),
          new String(
              letter.headers().lastHeader(DeadLetters.CODE).value(), StandardCharsets.UTF_8));
    }
  }

  /** How many tasks have an answer or a dead letter. */
  static int settled(WorkerSetup setup, List<Answer> read) {
    Ledger ledger = new Ledger(setup, read);
    Set<String> keys = new HashSet<>(ledger.answers.keySet());
    keys.addAll(ledger.letters.keySet());
    return keys.size();
  }

  /**
   * The counts.
   *
   * @param expected score of each photo, by task id; a killer has none
   */
  Verdict.Counts counts(List<TaskQueued> asked, Map<String, Double> expected) {
    int lost = 0;
    int duplicated = 0;
    int wrong = 0;
    int quarantined = 0;
    int innocents = 0;
    for (TaskQueued task : asked) {
      String id = task.getTaskId();
      int times = answers.getOrDefault(id, 0) + letters.getOrDefault(id, 0);
      boolean killer = task.getPhotoId().startsWith(Sharpness.KILLER);
      lost += times == 0 ? 1 : 0;
      duplicated += times > 1 ? 1 : 0;
      quarantined += killer && FailureCode.NATIVE_CRASH.name().equals(codes.get(id)) ? 1 : 0;
      innocents += !killer && letters.containsKey(id) ? 1 : 0;
      wrong += scores.containsKey(id) && !scores.get(id).equals(expected.get(id)) ? 1 : 0;
    }
    return new Verdict.Counts(lost, duplicated, wrong + unasked(asked), quarantined, innocents);
  }

  private int unasked(List<TaskQueued> asked) {
    Set<String> keys = new HashSet<>(answers.keySet());
    keys.addAll(letters.keySet());
    asked.forEach(task -> keys.remove(task.getTaskId()));
    return keys.size();
  }

  private static List<ConsumerRecord<byte[], byte[]>> deadLetters(WorkerSetup setup) {
    String topic = setup.in().deadLetters();
    List<TopicPartition> partitions =
        IntStream.range(0, setup.in().partitions())
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList();
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        KafkaClients.newConsumer(setup.stack().clients().reader())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(all::add);
      }
    }
    return all;
  }
}
