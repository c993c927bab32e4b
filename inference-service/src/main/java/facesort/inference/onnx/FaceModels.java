package facesort.inference.onnx;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The models of the face pipeline, open. One of these a process; close it last.
 *
 * @param detect finds faces
 * @param detectFar finds small ones: the same weights in a larger field
 * @param landmark finds a face's points
 * @param feature makes its embedding
 */
public record FaceModels(
    OnnxModel detect, OnnxModel detectFar, OnnxModel landmark, OnnxModel feature)
    implements AutoCloseable {
  /** Numbers per embedding. */
  public static final int DIMENSION = 512;

  /**
   * Opens the models on the processor.
   *
   * @throws ModelRefused as {@link #load(Path, Path, ModelDevice)}
   */
  public static FaceModels load(Path shipped, Path cache) {
    return load(shipped, cache, ModelDevice.of(DeviceChoice.CPU));
  }

  /**
   * Opens the models. The first time on a machine they are edited and checked against the shipped
   * ones, which takes a second.
   *
   * @param shipped folder of the files as shipped
   * @param cache folder that keeps the edited ones; made when absent
   * @param device what they run on
   * @throws ModelRefused if a file is missing, has a wrong hash, or does not compute what it must,
   *     or the device is refused and must be
   */
  public static FaceModels load(Path shipped, Path cache, ModelDevice device) {
    EditedModels edited = new EditedModels(shipped, cache);
    return new FaceModels(
        open(edited, ShippedModel.DETECT, device),
        open(edited, ShippedModel.DETECT_FAR, device),
        open(edited, ShippedModel.LANDMARK, device),
        open(edited, ShippedModel.FEATURE, device));
  }

  private static OnnxModel open(EditedModels edited, ShippedModel model, ModelDevice device) {
    return OnnxModel.open(model, edited.file(model), device);
  }

  /** What they run on. */
  public ModelDevice device() {
    return detect.device();
  }

  /** Returns the starts of the shipped files' hashes, joined by '+'. */
  public static String modelId() {
    return Arrays.stream(ShippedModel.values())
        .map(model -> model.sha256().substring(0, 16))
        .distinct()
        .collect(Collectors.joining("+"));
  }

  /**
   * Returns the embedding space: the model that makes the vectors and the version of how a face is
   * put before it. Vectors of different spaces are never compared.
   */
  public static String spaceId() {
    return ShippedModel.FEATURE.sha256().substring(0, 16) + "-similarity5-bgr-1";
  }

  @Override
  public void close() {
    detect.close();
    detectFar.close();
    landmark.close();
    feature.close();
  }
}
