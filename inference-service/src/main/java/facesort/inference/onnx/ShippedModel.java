package facesort.inference.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The models as their package ships them: the one place that names their files and hashes. */
public enum ShippedModel {
  /** Faces in a letterboxed photo: a score and a box for each of 4,420 places. */
  DETECT(
      "fr_detect", "6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854", 3, 240, 320),
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
  private final String sha256;
  private final int channels;
  private final int rows;
  private final int columns;

  ShippedModel(String model, String sha256, int channels, int rows, int columns) {
    this.model = model;
    this.sha256 = sha256;
    this.channels = channels;
    this.rows = rows;
    this.columns = columns;
  }

  /** Returns the name of the file without its ending. */
  public String model() {
    return model;
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
   * Reads the file from a directory.
   *
   * @throws ModelRefused if it is missing or its hash is another one
   */
  byte[] read(Path directory) {
    Path file = directory.resolve(model + ".onnx");
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ModelRefused("Model " + model + ": cannot read " + file, e);
    }
    String found = Sha256.of(bytes);
    if (!found.equals(sha256)) {
      throw new ModelRefused("Model %s: SHA-256 is %s, must be %s".formatted(model, found, sha256));
    }
    return bytes;
  }
}
