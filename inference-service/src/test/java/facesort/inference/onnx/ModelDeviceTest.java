package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ModelDeviceTest {
  private static final Device CUDA = new Device.Cuda(0, 1L << 30);
  private static final DeviceChoice AUTO = new DeviceChoice(CUDA, false);
  private static final DeviceChoice REQUIRED = new DeviceChoice(CUDA, true);

  private final List<String> events = new ArrayList<>();
  private final Set<Device> refused = new HashSet<>();
  private final Set<Device> failing = new HashSet<>();

  private float answer = 1;

  /** Answers on which device it ran. */
  private final class Session implements ModelSession {
    private final Device device;

    Session(Device device) {
      this.device = device;
    }

    @Override
    public ModelOutputs run(FloatBuffer inputs, int batch) throws OrtException {
      if (failing.contains(device)) {
        throw new OrtException("CUDA error 719");
      }
      return new ModelOutputs(Map.of(device.text(), new float[] {answer}));
    }

    @Override
    public void close() {
      events.add("closed on " + device.text());
    }
  }

  @Test
  void device_thatWorks_isUsed() {
    OnnxModel model = model(device(AUTO));

    assertThat(ranOn(model)).isEqualTo("cuda:0");
    assertThat(model.device().current().text()).isEqualTo("cuda:0");
  }

  @Test
  void device_thatIsRefused_andNeedNotBe_givesWayToTheProcessor() {
    refused.add(CUDA);
    ModelDevice device = device(AUTO);

    assertThat(ranOn(model(device))).isEqualTo("cpu");
    assertThat(device.current()).isEqualTo(Device.CPU);
  }

  @Test
  void device_thatIsRefused_andMustBe_refusesToStart() {
    refused.add(CUDA);
    ModelDevice device = device(REQUIRED);

    assertThatThrownBy(() -> model(device))
        .isInstanceOf(ModelRefused.class)
        .hasMessage(
            "facesort.models.device wants cuda:0, and that is refused:"
                + " ai.onnxruntime.OrtException: no driver");
  }

  @Test
  void model_thatNoDeviceTakes_isRefused() {
    refused.addAll(Set.of(CUDA, Device.CPU));
    ModelDevice device = device(AUTO);

    assertThatThrownBy(() -> model(device))
        .isInstanceOf(ModelRefused.class)
        .hasMessageContaining("ONNX Runtime refuses it");
  }

  @Test
  void device_thatFails_isGivenUp_forAllModels_andTheNextCallIsAnswered() {
    for (DeviceChoice choice : List.of(AUTO, REQUIRED)) {
      events.clear();
      failing.clear();
      ModelDevice device = device(choice);
      OnnxModel one = model(device);
      OnnxModel other = model(device);
      failing.add(CUDA);

      assertThatThrownBy(() -> ranOn(one)).isInstanceOf(InferenceFailed.class);

      assertThat(device.current()).isEqualTo(Device.CPU);
      failing.clear();
      assertThat(ranOn(other)).isEqualTo("cpu");
      assertThat(ranOn(one)).isEqualTo("cpu");
      assertThat(events).containsExactly("closed on cuda:0", "closed on cuda:0");
    }
  }

  @Test
  void processor_thatFails_isKept_sinceThereIsNoOther() {
    ModelDevice device = device(DeviceChoice.CPU);
    OnnxModel model = model(device);
    failing.add(Device.CPU);
    assertThatThrownBy(() -> ranOn(model)).isInstanceOf(InferenceFailed.class);

    failing.clear();

    assertThat(ranOn(model)).isEqualTo("cpu");
    assertThat(events).isEmpty();
  }

  @Test
  void check_thatFailsOnADevice_isRepeatedOnTheProcessor_unlessTheDeviceMustBe() {
    ModelDevice device = device(AUTO);
    OnnxModel model = model(device);
    assertThatCode(() -> device.verify(() -> require(model, "cpu"))).doesNotThrowAnyException();
    assertThat(device.current()).isEqualTo(Device.CPU);

    ModelDevice must = device(REQUIRED);
    OnnxModel strict = model(must);
    assertThatThrownBy(() -> must.verify(() -> require(strict, "cpu")))
        .isInstanceOf(ModelRefused.class)
        .hasMessageContaining("wants cuda:0");

    assertThatThrownBy(() -> device.verify(() -> require(model, "cuda:0")))
        .isInstanceOf(ModelRefused.class)
        .hasMessage("computes something else");
  }

  @Test
  void check_thatMakesTheDeviceFail_isRepeatedOnTheProcessor() {
    ModelDevice device = device(AUTO);
    OnnxModel model = model(device);
    failing.add(CUDA);

    assertThatCode(() -> device.verify(() -> require(model, "cpu"))).doesNotThrowAnyException();
  }

  @Test
  void device_thatAnswersNaN_isGivenUp_butTheProcessorsAnswerIsTheCallersToJudge() {
    ModelDevice device = device(AUTO);
    OnnxModel model = model(device);
    answer = Float.NaN;

    assertThatThrownBy(() -> ranOn(model))
        .isInstanceOf(InferenceFailed.class)
        .hasMessageContaining("no number");
    assertThat(ranOn(model)).isEqualTo("cpu");
  }

  private static void require(OnnxModel model, String device) {
    if (!ranOn(model).equals(device)) {
      throw new ModelRefused("computes something else");
    }
  }

  private static String ranOn(OnnxModel model) {
    return model.run(new float[0], 0).names().iterator().next();
  }

  private static OnnxModel model(ModelDevice device) {
    return OnnxModel.open(ShippedModel.DETECT, new byte[0], device);
  }

  private ModelDevice device(DeviceChoice choice) {
    return new ModelDevice(
        choice,
        (model, file, device) -> {
          if (refused.contains(device)) {
            throw new ExecutionException(new OrtException("no driver"));
          }
          return new Session(device);
        });
  }
}
