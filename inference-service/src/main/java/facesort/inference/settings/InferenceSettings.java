package facesort.inference.settings;

import facesort.inference.onnx.DeviceChoice;
import facesort.inference.onnx.ModelRefused;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of this service, below {@code facesort.}; checked when they are read. Every role knows
 * all of them, so that one file serves all.
 *
 * @param models where the models are
 * @param detect which faces are looked at
 * @param match how faces are matched
 */
public record InferenceSettings(
    @DefaultValue Models models, @DefaultValue Detect detect, @DefaultValue Match match) {
  /**
   * Where the models are, and what they run on.
   *
   * @param dir folder of the files as shipped; for detect and enroll
   * @param cache folder that keeps the edited ones; null = in the user's cache folder
   * @param device auto, cpu, cuda or cuda:N
   * @param gpuMemory most memory of a graphics processor that each model may take
   */
  public record Models(
      @Nullable Path dir,
      @Nullable Path cache,
      @DefaultValue("auto") String device,
      @DefaultValue("1GB") DataSize gpuMemory) {
    private static final DataSize LEAST_GPU_MEMORY = DataSize.ofMegabytes(64);

    /** Refuses a device that is none. */
    public Models {
      var _ = DeviceChoice.of(device, gpuMemory.toBytes());
      if (gpuMemory.compareTo(LEAST_GPU_MEMORY) < 0) {
        throw new IllegalArgumentException(
            "facesort.models.gpu-memory is '%s', it must be 64MB or more".formatted(gpuMemory));
      }
    }

    /** What the models shall run on. */
    public DeviceChoice choice() {
      return DeviceChoice.of(device, gpuMemory.toBytes());
    }

    /**
     * The folder of the shipped files.
     *
     * @throws ModelRefused when it is not set
     */
    public Path required() {
      if (dir == null) {
        throw new ModelRefused(
            "facesort.models.dir is not set, it must be the folder of fr_detect.onnx,"
                + " fr_landmark.onnx and fr_feature.onnx");
      }
      return dir;
    }

    /** The folder of the edited files. */
    public Path cacheOrDefault() {
      if (cache != null) {
        return cache;
      }
      String base = System.getenv("XDG_CACHE_HOME");
      return (base == null || base.isBlank()
              ? Path.of(System.getProperty("user.home"), ".cache")
              : Path.of(base))
          .resolve("facesort/edited-models");
    }
  }

  /**
   * Which faces of a photo are embedded; the others say why not.
   *
   * @param minFaceSide least length of the shorter side of a face's box, pixels of the photo
   * @param minSharpness least variance of the Laplacian of the aligned face
   * @param maxTurn largest yaw, pitch or roll, degrees
   */
  public record Detect(
      @DefaultValue("16") float minFaceSide,
      @DefaultValue("3") float minSharpness,
      @DefaultValue("75") float maxTurn) {
    private static final int UPSIDE_DOWN = 180;

    /** Refuses limits that no face can be within. */
    public Detect {
      require("min-face-side", minFaceSide, minFaceSide >= 0, "0 or more");
      require("min-sharpness", minSharpness, minSharpness >= 0, "0 or more");
      require("max-turn", maxTurn, maxTurn > 0 && maxTurn <= UPSIDE_DOWN, "above 0, at most 180");
    }

    private static void require(String key, float value, boolean good, String allowed) {
      if (!good) {
        throw new IllegalArgumentException(
            "facesort.detect.%s is '%s', it must be %s".formatted(key, value, allowed));
      }
    }
  }

  /**
   * How faces are matched.
   *
   * @param threshold cosine from which a face is accepted
   * @param margin least distance to the next friend
   * @param reviewFrom cosine from which a person is asked
   * @param galleryWait how long a job's friends are waited for, from when the faces were found
   */
  public record Match(
      @DefaultValue("0.55") float threshold,
      @DefaultValue("0.08") float margin,
      @DefaultValue("0.40") float reviewFrom,
      @DefaultValue("60s") Duration galleryWait) {
    /** The longest wait that is allowed. */
    public static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Refuses a wait that a task's deadline cannot outlast. */
    public Match {
      if (galleryWait.isNegative() || galleryWait.compareTo(LONGEST_WAIT) > 0) {
        throw new IllegalArgumentException(
            "facesort.match.gallery-wait is '%s', it must be 0s to 5m".formatted(galleryWait));
      }
    }
  }
}
