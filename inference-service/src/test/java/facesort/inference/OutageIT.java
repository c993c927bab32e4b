package facesort.inference;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.image.TestPhotos;
import facesort.inference.source.FlakyRelay;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.Lane;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class OutageIT {
  private static final String OWNER = "outage-it";
  private static final String JOB = "outage";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void photos_waitForTheBucket_andNoneIsSetAside(StackAddresses addresses) throws Exception {
    try (TestStack stack = new TestStack(addresses, folder);
        FlakyRelay relay = new FlakyRelay(addresses.s3Endpoint())) {
      ObjectStore bucket = stack.start("detect", relay.address()).getBean(ObjectStore.class);
      for (int sample = 1; sample <= 3; sample++) {
        bucket.put(key("photo" + sample), TestPhotos.sample(sample), "image/jpeg").block();
      }
      relay.goDown();

      for (int sample = 1; sample <= 3; sample++) {
        TaskQueued task = task("photo" + sample, bucket.bucket());
        stack.send(Topics.TASK_QUEUED, task.getTaskId(), task);
      }
      // One try of all three opens 48 connections at most: some were rolled back and came again.
      awaitDropped(relay, 100);
      relay.comeUp();
      List<FacesDetected> found =
          stack.await(Topics.FACES_DETECTED, 3, faces -> faces.getJobId().equals(JOB));

      assertThat(found)
          .extracting(FacesDetected::getPhotoId)
          .containsExactlyInAnyOrder("photo1", "photo2", "photo3");
      assertThat(
              stack.records(
                  Topics.TASK_QUEUED.deadLetters(),
                  0,
                  record ->
                      new String(
                              Objects.requireNonNull(record.headers().lastHeader(DeadLetters.CODE))
                                  .value(),
                              StandardCharsets.UTF_8)
                          .equals("STORAGE_ERROR")))
          .isEmpty();
    }
  }

  private static void awaitDropped(FlakyRelay relay, int count) {
    Instant limit = Instant.now().plus(LIMIT);
    while (relay.dropped() < count) {
      assertThat(Instant.now()).isBefore(limit);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String key(String photo) {
    return ObjectKeys.photo(OWNER, JOB, photo);
  }

  private static TaskQueued task(String photo, String bucket) {
    return TaskQueued.newBuilder()
        .setEventId(photo)
        .setOccurredAt(Instant.now())
        .setJobId(JOB)
        .setOwnerId(OWNER)
        .setTaskId(EventIds.task(JOB, photo, TaskKind.FACES))
        .setPhotoId(photo)
        .setKind(TaskKind.FACES)
        .setLane(Lane.BULK)
        .setSource(new ObjectRef(bucket, key(photo), null, null))
        .setPosition(0)
        .build();
  }
}
