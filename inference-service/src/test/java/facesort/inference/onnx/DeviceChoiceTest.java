package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "auto, cuda:0, false",
    "cpu, cpu, true",
    "cuda, cuda:0, true",
    "cuda:3, cuda:3, true"
  })
  void text_namesADevice_andWhetherItMustBe(String text, String device, boolean required) {
    DeviceChoice choice = DeviceChoice.of(text, 1000);

    assertThat(choice.device().text()).isEqualTo(device);
    assertThat(choice.required()).isEqualTo(required);
  }

  @Test
  void memory_isOneModels() {
    assertThat(DeviceChoice.of("cuda:1", 1000).device()).isEqualTo(new Device.Cuda(1, 1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "CPU", "cuda:", "cuda:-1", "cuda:1000", "auto "})
  void otherText_isRefused(String text) {
    assertThatThrownBy(() -> DeviceChoice.of(text, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "facesort.models.device is '%s', it must be auto, cpu, cuda or cuda:N".formatted(text));
  }
}
