package facesort.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import facesort.inference.image.TestPhotos;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.DetectedFace;
import facesort.schemas.FacesDetected;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.worker.kit.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** Photos that a worker died with: the child that tries them has the real models, too. */
@ExtendWith(LocalStackExtension.class)
class CarefulDetectIT {
  private static final String OWNER = "careful-it";
  private static final String GROUP = "inference-detect-bulk";

  /** What a process leaves in its committed offsets that was killed at work. */
  private static final String DIRTY = "q1;1;1;0;-1;0;-1";

  @TempDir private Path folder;

  @Test
  void photosOfADeadWorker_areSeenByTheChild_asByTheWorkerItself(StackAddresses addresses)
      throws Exception {
    try (TestStack stack = new TestStack(addresses, folder)) {
      ConfigurableApplicationContext worker = stack.start("detect");
      List<TaskQueued> alive = photos(worker.getBean(ObjectStore.class), "careful-alive");
      List<TaskQueued> dead = photos(worker.getBean(ObjectStore.class), "careful-dead");
      queue(stack, alive);
      Map<String, List<DetectedFace>> byTheWorker = found(stack, "careful-alive");
      worker.close();
      queue(stack, dead);
      leaveMarks(stack);
      ConfigurableApplicationContext successor = stack.start("detect");
      ListAppender<ILoggingEvent> lines = linesOfTheChild();

      Map<String, List<DetectedFace>> byTheChild = found(stack, "careful-dead");

      assertThat(successor.isRunning()).isTrue();
      assertThat(byTheChild).isEqualTo(byTheWorker);
      assertThat(byTheChild.get("photo1")).hasSize(3);
      assertThat(lines.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .anyMatch(line -> line.startsWith("child ready after "))
          .noneMatch(line -> line.startsWith("the child ended "));
    }
  }

  private static void leaveMarks(TestStack stack) throws Exception {
    try (Admin admin = stack.clients().admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get();
      admin
          .alterConsumerGroupOffsets(
              GROUP,
              committed.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          e -> new OffsetAndMetadata(e.getValue().offset(), DIRTY))))
          .all()
          .get();
    }
  }

  /** Listens to what is logged from now on: a role that starts sets the logs up anew. */
  private static ListAppender<ILoggingEvent> linesOfTheChild() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    ((Logger) LoggerFactory.getLogger("facesort.worker.ChildProcess")).addAppender(lines);
    return lines;
  }

  private static Map<String, List<DetectedFace>> found(TestStack stack, String job) {
    return stack.await(Topics.FACES_DETECTED, 3, faces -> faces.getJobId().equals(job)).stream()
        .collect(Collectors.toMap(FacesDetected::getPhotoId, FacesDetected::getFaces));
  }

  private static void queue(TestStack stack, List<TaskQueued> tasks) {
    tasks.forEach(task -> stack.send(Topics.TASK_QUEUED, task.getTaskId(), task));
  }

  private static List<TaskQueued> photos(ObjectStore bucket, String job) throws IOException {
    List<TaskQueued> tasks = new ArrayList<>();
    for (int sample = 1; sample <= 3; sample++) {
      String photo = "photo" + sample;
      String key = ObjectKeys.photo(OWNER, job, photo);
      bucket.put(key, TestPhotos.sample(sample), "image/jpeg").block();
      tasks.add(task(job, photo, new ObjectRef(bucket.bucket(), key, null, null)));
    }
    return tasks;
  }

  private static TaskQueued task(String job, String photo, ObjectRef source) {
    return Tasks.about(OWNER, job, photo, source);
  }
}
