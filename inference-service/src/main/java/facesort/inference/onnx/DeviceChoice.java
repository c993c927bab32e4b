package facesort.inference.onnx;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator wants the models to run on.
 *
 * @param device what is tried
 * @param required true when nothing else will do; false falls back to the processor
 */
public record DeviceChoice(Device device, boolean required) {
  /** The processor. */
  public static final DeviceChoice CPU = new DeviceChoice(Device.CPU, true);

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /**
   * Reads the setting.
   *
   * @param text auto, cpu, cuda or cuda:N
   * @param memoryBytes most memory of a graphics processor that one model may take
   * @throws IllegalArgumentException for any other text
   */
  public static DeviceChoice of(String text, long memoryBytes) {
    Matcher cuda = CUDA.matcher(text);
    if (cuda.matches()) {
      int number = cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1));
      return new DeviceChoice(new Device.Cuda(number, memoryBytes), true);
    }
    return switch (text) {
      case "auto" -> new DeviceChoice(new Device.Cuda(0, memoryBytes), false);
      case "cpu" -> CPU;
      default ->
          throw new IllegalArgumentException(
              "facesort.models.device is '%s', it must be auto, cpu, cuda or cuda:N"
                  .formatted(text));
    };
  }
}
