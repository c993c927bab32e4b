package facesort.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import facesort.inference.detect.DetectStage;
import facesort.inference.detect.FoundFaces;
import facesort.inference.detect.PhotoExaminer;
import facesort.inference.image.TestPhotos;
import facesort.inference.match.MatchStage;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.ShippedModel;
import facesort.inference.onnx.TestDevice;
import facesort.local.StackAddresses;
import facesort.local.assets.Assets;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.DetectedFace;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.service.DeadLetters;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.worker.Stage;
import facesort.worker.WorkerProgram;
import facesort.worker.kit.Tasks;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Models that fail at work, under the real runtime: the sessions alone are made to fail. */
@ExtendWith(LocalStackExtension.class)
class ModelOutageIT {
  private static final String OWNER = "model-outage-it";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Red of the sky of {@link TestPhotos#meadow}, as the detector is given it. */
  private static final float SKY = (90 - 127) / 128f;

  @TempDir Path folder;

  @Test
  void photos_waitForAModelThatFails_andNoneIsSetAside(StackAddresses addresses) throws Exception {
    TestDevice device = TestDevice.cpu();
    try (TestStack stack = new TestStack(addresses, folder)) {
      ConfigurableApplicationContext worker = stack.start(program(device), "detect");
      device.breakDown(
          false,
          (model, inputs) -> {
            throw new OrtException("bad allocation");
          });
      for (int sample = 1; sample <= 3; sample++) {
        send(stack, worker, "dead-model", "photo" + sample, TestPhotos.sample(sample));
      }
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () -> gauge(worker, "facesort.worker.dependency.down", "dependency", "model") == 1);

      device.mend();
      List<FacesDetected> found =
          stack.await(Topics.FACES_DETECTED, 3, faces -> faces.getJobId().equals("dead-model"));

      assertThat(found)
          .extracting(FacesDetected::getPhotoId)
          .containsExactlyInAnyOrder("photo1", "photo2", "photo3");
      assertThat(deadLetters(stack, "dead-model", 0)).isEmpty();
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              () -> gauge(worker, "facesort.worker.dependency.down", "dependency", "model") == 0);
    }
  }

  @Test
  void photo_onWhichAloneAModelFails_isSetAside_besideOneThatIsFound(StackAddresses addresses)
      throws Exception {
    TestDevice device = TestDevice.cpu();
    try (TestStack stack = new TestStack(addresses, folder)) {
      ConfigurableApplicationContext worker = stack.start(program(device), "detect");
      device.breakDown(false, ModelOutageIT::failOnSky);

      send(stack, worker, "bad-photo", "good", TestPhotos.sample(1));
      send(stack, worker, "bad-photo", "bad", TestPhotos.jpeg(TestPhotos.meadow(640, 480)));

      List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(stack, "bad-photo", 1);
      assertThat(letters).hasSize(1);
      assertThat(header(letters.getFirst(), DeadLetters.TASK))
          .isEqualTo(EventIds.task("bad-photo", "bad", TaskKind.FACES));
      assertThat(header(letters.getFirst(), DeadLetters.CODE)).isEqualTo("MODEL_ERROR");
      assertThat(header(letters.getFirst(), DeadLetters.ATTEMPTS)).isEqualTo("3");
      assertThat(found(stack, "bad-photo", 1)).containsOnlyKeys("good");
    }
  }

  @Test
  void graphicsProcessor_thatIsLost_costsNoPhoto_andTheFacesAreTheSame(StackAddresses addresses)
      throws Exception {
    TestDevice device = TestDevice.cuda();
    try (TestStack stack = new TestStack(addresses, folder)) {
      ConfigurableApplicationContext worker = stack.start(program(device), "detect");
      for (int sample = 1; sample <= 3; sample++) {
        send(stack, worker, "gpu-alive", "photo" + sample, TestPhotos.sample(sample));
      }
      Map<String, List<DetectedFace>> before = found(stack, "gpu-alive", 3);
      assertThat(gauge(worker, "facesort.worker.device", "device", "cuda:0")).isEqualTo(1);
      device.breakDown(
          true,
          (model, inputs) -> {
            throw new OrtException("CUDA failure 719: unspecified launch failure");
          });

      for (int sample = 1; sample <= 3; sample++) {
        send(stack, worker, "gpu-lost", "photo" + sample, TestPhotos.sample(sample));
      }

      assertThat(found(stack, "gpu-lost", 3)).isEqualTo(before);
      assertThat(deadLetters(stack, "gpu-lost", 0)).isEmpty();
      assertThat(gauge(worker, "facesort.worker.device", "device", "cuda:0")).isZero();
      assertThat(gauge(worker, "facesort.worker.device", "device", "cpu")).isEqualTo(1);
      Awaitility.await()
          .atMost(LIMIT)
          .until(() -> devices(stack).containsAll(List.of("cuda:0", "cpu")));
    }
  }

  private static void failOnSky(ShippedModel model, FloatBuffer inputs) throws OrtException {
    if (model == ShippedModel.DETECT && Math.abs(inputs.get(inputs.position()) - SKY) < 3 / 128f) {
      throw new OrtException("no kernel for a sky");
    }
  }

  /** The roles as they are, but for what opens the sessions. */
  private WorkerProgram program(TestDevice device) {
    return WorkerProgram.of("inference", InferenceApplication.class)
        .role("detect", () -> stage(device))
        .role("match", MatchStage::stage);
  }

  private Stage<PhotoExaminer, TaskQueued, FoundFaces> stage(TestDevice device) {
    Stage<PhotoExaminer, TaskQueued, FoundFaces> stage = DetectStage.stage();
    return new Stage<>(
        stage.name(),
        stage.topic(),
        stage.interactiveTopic(),
        stage.model(),
        stage.device(),
        stage.deadline(),
        stage.buckets(),
        stage.settings(),
        new Stage.Hooks<>(
            context ->
                PhotoExaminer.of(
                    context,
                    FaceModels.load(Assets.models(), folder.resolve("models"), device.device())),
            stage.hooks().process(),
            stage.hooks().publishNext()),
        stage.publishRefused());
  }

  private static void send(
      TestStack stack,
      ConfigurableApplicationContext worker,
      String job,
      String photo,
      byte[] file) {
    ObjectStore bucket = worker.getBean(ObjectStore.class);
    String key = ObjectKeys.photo(OWNER, job, photo);
    bucket.put(key, file, "image/jpeg").block();
    TaskQueued task =
        Tasks.about(OWNER, job, photo, new ObjectRef(bucket.bucket(), key, null, null));
    stack.send(Topics.TASK_QUEUED, task.getTaskId(), task);
  }

  private static Map<String, List<DetectedFace>> found(TestStack stack, String job, int photos) {
    return stack
        .await(Topics.FACES_DETECTED, photos, faces -> faces.getJobId().equals(job))
        .stream()
        .collect(Collectors.toMap(FacesDetected::getPhotoId, FacesDetected::getFaces));
  }

  private static List<ConsumerRecord<byte[], byte[]>> deadLetters(
      TestStack stack, String job, int count) {
    return stack.records(
        Topics.TASK_QUEUED.deadLetters(),
        count,
        record -> header(record, DeadLetters.JOB).equals(job));
  }

  private static List<String> devices(TestStack stack) {
    return stack.await(Topics.WORKER_HEARTBEAT, 0, beat -> beat.getRole().equals("detect")).stream()
        .map(WorkerHeartbeat::getDevice)
        .toList();
  }

  private static double gauge(
      ConfigurableApplicationContext worker, String name, String tag, String value) {
    Gauge gauge = worker.getBean(MeterRegistry.class).find(name).tag(tag, value).gauge();
    return gauge == null ? Double.NaN : gauge.value();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }
}
