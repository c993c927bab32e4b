package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.detect.FacePipeline;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.TestPhotos;
import facesort.local.assets.Assets;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a model says of a photo or face does not depend on what goes through it together with it.
 * The inputs are what the pipeline gives the models for the sample photos.
 */
class BatchInvarianceIT {
  private static final double TOLERANCE = 1e-5;
  private static final int LARGEST = OwnedSession.BUCKETS.getLast();

  @TempDir static Path cache;
  private static final Map<ShippedModel, List<float[]>> INPUTS = new EnumMap<>(ShippedModel.class);

  @BeforeAll
  static void seeTheSamples() throws Exception {
    TestDevice recording = TestDevice.cpu();
    try (FaceModels models = FaceModels.load(Assets.models(), cache, recording.device())) {
      FacePipeline pipeline = new FacePipeline(models);
      for (int sample = 1; sample <= 6; sample++) {
        assertThat(pipeline.faces(new PhotoDecoder().decode(TestPhotos.sample(sample))))
            .isNotEmpty();
        // Small enough for the larger field to be looked through.
        var _ = pipeline.faces(new PhotoDecoder().decode(fromAfar(sample)));
      }
    }
    for (ShippedModel model : ShippedModel.values()) {
      INPUTS.put(model, recording.inputs(model));
    }
  }

  @ParameterizedTest
  @EnumSource
  void outputs_areThoseOfSingleRuns_inEveryBucket(ShippedModel model) throws Exception {
    try (OrtModelSession session = session(model)) {
      List<ModelOutputs> alone = new ArrayList<>();
      for (float[] input : inputs(model)) {
        alone.add(session.run(FloatBuffer.wrap(input), 1));
      }
      for (int bucket : OwnedSession.BUCKETS) {
        ModelOutputs together = session.run(joined(inputs(model), bucket), bucket);
        for (int item = 0; item < bucket; item++) {
          assertSame(model, alone.get(item), together.part(item, 1, bucket));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void callersOfTheOwnerThread_getWhatTheyWouldGetAlone(ShippedModel model) throws Exception {
    try (OrtModelSession session = session(model);
        OwnedSession owned = OwnedSession.open(model, () -> session(model))) {
      List<FutureTask<ModelOutputs>> calls = new ArrayList<>();
      for (float[] input : inputs(model)) {
        FutureTask<ModelOutputs> call =
            new FutureTask<>(() -> owned.run(FloatBuffer.wrap(input), 1));
        Thread.ofPlatform().daemon().start(call);
        calls.add(call);
      }
      for (int i = 0; i < calls.size(); i++) {
        ModelOutputs alone = session.run(FloatBuffer.wrap(inputs(model).get(i)), 1);
        assertSame(model, alone, calls.get(i).get());
      }
      // More than a bucket, of which the last part has to be filled up.
      int many = LARGEST + 3;
      ModelOutputs together = owned.run(joined(inputs(model), many), many);
      for (int i = 0; i < many; i++) {
        ModelOutputs alone = session.run(FloatBuffer.wrap(inputs(model).get(i % LARGEST)), 1);
        assertSame(model, alone, together.part(i, 1, many));
      }
    }
  }

  @Test
  void oneThread_doesAllTheWorkOfAModel() throws Exception {
    TestDevice cuda = TestDevice.cuda();
    try (FaceModels models = FaceModels.load(Assets.models(), cache, cuda.device())) {
      new FacePipeline(models).check();
    }
    for (ShippedModel model : ShippedModel.values()) {
      assertThat(cuda.buckets(model)).startsWith(1, 8, 16, 32).containsOnly(1, 8, 16, 32);
    }
  }

  /** A sample, four times as far away. */
  private static byte[] fromAfar(int sample) throws IOException {
    BufferedImage photo = TestPhotos.image(TestPhotos.sample(sample));
    BufferedImage wide =
        new BufferedImage(photo.getWidth(), photo.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = wide.createGraphics();
    graphics.drawImage(photo, 0, 0, photo.getWidth() / 4, photo.getHeight() / 4, null);
    graphics.dispose();
    return TestPhotos.jpeg(wide);
  }

  /** As many as the largest bucket has: where the samples give fewer they come again. */
  private static List<float[]> inputs(ShippedModel model) {
    List<float[]> seen = INPUTS.getOrDefault(model, List.of());
    assertThat(seen).hasSizeGreaterThanOrEqualTo(6);
    List<float[]> inputs = new ArrayList<>();
    for (int i = 0; i < LARGEST; i++) {
      inputs.add(seen.get(i % seen.size()));
    }
    return inputs;
  }

  private static FloatBuffer joined(List<float[]> inputs, int items) {
    int size = inputs.getFirst().length;
    FloatBuffer joined = FloatBuffer.allocate(items * size);
    for (int i = 0; i < items; i++) {
      joined.put(i * size, inputs.get(i % inputs.size()));
    }
    return joined;
  }

  private static void assertSame(ShippedModel model, ModelOutputs alone, ModelOutputs together) {
    assertThat(together.names()).isEqualTo(alone.names());
    for (String name : alone.names()) {
      assertThat(Arrays.equals(alone.get(name), new float[alone.get(name).length])).isFalse();
      ModelCheck.requireSame(model, "batched", alone.get(name), together.get(name), TOLERANCE);
    }
  }

  private static OrtModelSession session(ShippedModel model) {
    byte[] file = new EditedModels(Assets.models(), cache).file(model);
    try {
      return DeepStack.call(() -> OrtModelSession.open(model, file, Device.CPU));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
