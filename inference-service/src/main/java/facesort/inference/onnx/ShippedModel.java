package facesort.inference.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The models as their package ships them: the one place that names their files and hashes. */
public enum ShippedModel {
  /** Faces in a letterboxed photo: a score and a box for each of 4,420 places. */
  DETECT(
      "fr_detect", "6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854", 3, 240, 320),
  /** The same file with a field of 640x480 and 17,640 places, for faces half as large. */
  DETECT_FAR(DETECT, 480, 640),
  /** 68 points of a face in a grey crop. */
  LANDMARK(
      "fr_landmark", "f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258", 1, 64, 64),
  /** The embedding of an aligned face. */
  FEATURE(
      "fr_feature",
      "87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581",
      3,
      112,
      112);

  private final String model;
  private final String file;
  private final String sha256;
  private final int channels;
  private final int rows;
  private final int columns;
  private final @Nullable ShippedModel resizedFrom;

  ShippedModel(String model, String sha256, int channels, int rows, int columns) {
    this.model = model;
    this.file = model + ".onnx";
    this.sha256 = sha256;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
    this.resizedFrom = null;
  }

  ShippedModel(ShippedModel resizedFrom, int rows, int columns) {
    this.model = "%s_%dx%d".formatted(resizedFrom.model, columns, rows);
    this.file = resizedFrom.file;
    this.sha256 = resizedFrom.sha256;
    this.channels = resizedFrom.channels;
    this.rows = rows;
    this.columns = columns;
    this.resizedFrom = resizedFrom;
  }

  /** Returns the name of the model; one that is used in two sizes has two. */
  public String model() {
    return model;
  }

  /** Returns the width of the picture it takes, in pixels. */
  public int columns() {
    return columns;
  }

  /** Returns the height of the picture it takes, in pixels. */
  public int rows() {
    return rows;
  }

  /** Returns the pinned hash of the file, hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** Returns the shape of so many inputs. */
  long[] shape(int batch) {
    return new long[] {batch, channels, rows, columns};
  }

  /** Returns how many numbers one input has. */
  int itemSize() {
    return channels * rows * columns;
  }

  /**
   * Reads the file from a directory, and gives it its size if that is not the one shipped.
   *
   * @throws ModelRefused if it is missing or its hash is another one
   */
  byte[] read(Path directory) {
    byte[] bytes = verified(directory.resolve(file));
    return resizedFrom == null
        ? bytes
        : DetectorResize.apply(bytes, resizedFrom.columns, resizedFrom.rows, columns, rows);
  }

  private byte[] verified(Path path) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new ModelRefused("Model " + model + ": cannot read " + path, e);
    }
    String found = Sha256.of(bytes);
    if (!found.equals(sha256)) {
      throw new ModelRefused("Model %s: SHA-256 is %s, must be %s".formatted(model, found, sha256));
    }
    return bytes;
  }
}
