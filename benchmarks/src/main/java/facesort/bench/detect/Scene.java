package facesort.bench.detect;

import facesort.inference.face.BoundingBox;
import java.util.List;

/** A picture made for looking at, and what is on it. */
final class Scene {
  private final byte[] file;
  private final List<BoundingBox> faces;
  private final List<BoundingBox> others;
  private final int unplaced;

  /**
   * Takes over the array.
   *
   * @param file the picture as a photo's file
   * @param faces where the faces are that must be found
   * @param others where faces may be found: those of which the picture shows a part
   * @param unplaced how many more must be found, wherever
   */
  Scene(byte[] file, List<BoundingBox> faces, List<BoundingBox> others, int unplaced) {
    this.file = file;
    this.faces = List.copyOf(faces);
    this.others = List.copyOf(others);
    this.unplaced = unplaced;
  }

  byte[] file() {
    return file;
  }

  /** How many faces must be found. */
  int expected() {
    return faces.size() + unplaced;
  }

  List<BoundingBox> faces() {
    return faces;
  }

  List<BoundingBox> others() {
    return others;
  }

  int unplaced() {
    return unplaced;
  }
}
