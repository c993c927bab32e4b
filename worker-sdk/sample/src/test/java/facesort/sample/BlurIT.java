package facesort.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.StackAddresses;
import facesort.local.assets.Assets;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerCommand;
import facesort.worker.kit.WorkerProcess;
import facesort.worker.kit.contract.Clients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program as it is shipped, on real photos. */
@ExtendWith(LocalStackExtension.class)
class BlurIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> PHOTOS = List.of("sample1.jpg", "sample2.jpg", "sample3.jpg");

  private final String job = "blur-it-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void photosOfAJob_areScoredAndTheBrokenOneIsSetAside(StackAddresses stack) throws Exception {
    try (Clients clients = Clients.on(stack, job)) {
      clients.create(List.of(), List.of(BlurStage.SCORES));
      Map<String, byte[]> photos = new HashMap<>();
      for (String name : PHOTOS) {
        byte[] sharp = Files.readAllBytes(Assets.samplePhotos().resolve(name));
        photos.put(id(name), sharp);
        photos.put(id(name) + "-blurred", Pictures.blurred(sharp));
      }
      photos.put("broken", Pictures.broken());
      send(clients, photos);

      try (WorkerProcess worker =
          WorkerProcess.start(WorkerCommand.of(BlurStage.class, stack, clients.folder()))) {
        Map<String, Double> scores = scores(worker, clients, 2 * PHOTOS.size());
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(clients);

        assertThat(scores).hasSize(2 * PHOTOS.size()).doesNotContainKey("broken");
        for (String name : PHOTOS) {
          assertThat(scores.get(id(name) + "-blurred"))
              .as("score of the blurred " + name)
              .isPositive()
              .isLessThan(scores.getOrDefault(id(name), 0d) / 2);
        }
        assertThat(letters)
            .extracting(
                letter -> header(letter, DeadLetters.PHOTO),
                letter -> header(letter, DeadLetters.CODE))
            .containsExactly(Tuple.tuple("broken", FailureCode.CORRUPT_IMAGE.name()));
      }
    }
  }

  private void send(Clients clients, Map<String, byte[]> photos) {
    try (Producer<byte[], byte[]> producer = clients.producer()) {
      photos.forEach((photo, bytes) -> {
        TaskQueued task = clients.given("blur-it", job, photo).task(bytes);
        var _ = producer.send(clients.events().record(Topics.TASK_QUEUED, task.getTaskId(), task));
      });
    }
  }

  private Map<String, Double> scores(WorkerProcess worker, Clients clients, int count) {
    Map<String, Double> scores = new HashMap<>();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          assertThat(worker.isAlive()).as("the worker lives").isTrue();
          for (var record : TopicLog.committed(clients.kafka(), BlurStage.SCORES.name())) {
            BlurScored scored = clients.events().read(BlurStage.SCORES, record);
            if (scored.getJobId().equals(job)) {
              scores.put(scored.getPhotoId(), scored.getScore());
            }
          }
          return scores.size() >= count;
        });
    return scores;
  }

  private List<ConsumerRecord<byte[], byte[]>> deadLetters(Clients clients) {
    List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
    await()
        .atMost(LIMIT)
        .until(() -> {
          letters.clear();
          TopicLog.committed(clients.kafka(), Topics.TASK_QUEUED.deadLetters()).stream()
              .filter(letter -> header(letter, DeadLetters.JOB).equals(job))
              .forEach(letters::add);
          return !letters.isEmpty();
        });
    return letters;
  }

  private static String id(String file) {
    return file.replace(".jpg", "");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
