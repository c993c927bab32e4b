package facesort.bench.detect;

import facesort.inference.face.BoundingBox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found of what is there.
 *
 * @param found faces found
 * @param wrong boxes that are no face
 */
record Score(int found, int wrong) {
  static final Score NONE = new Score(0, 0);

  private static final float LEAST_OVERLAP = 0.4f;
  private static final float PART = 0.5f;

  /** Each face has the first box not yet taken that overlaps it by 0.4, best overlap first. */
  static Score of(Scene scene, List<BoundingBox> boxes) {
    List<BoundingBox> faces = new ArrayList<>(scene.faces());
    List<BoundingBox> left = new ArrayList<>(boxes);
    for (Pair pair = best(faces, left); pair != null; pair = best(faces, left)) {
      faces.remove(pair.face);
      left.remove(pair.box);
    }
    left.removeIf(box -> scene.others().stream().anyMatch(other -> other.covered(box) >= PART));
    int placed = scene.faces().size() - faces.size();
    int unplaced = Math.min(scene.unplaced(), left.size());
    return new Score(placed + unplaced, left.size() - unplaced);
  }

  Score plus(Score other) {
    return new Score(found + other.found, wrong + other.wrong);
  }

  private record Pair(BoundingBox face, BoundingBox box) {}

  private static @Nullable Pair best(List<BoundingBox> faces, List<BoundingBox> boxes) {
    Pair best = null;
    float overlap = LEAST_OVERLAP;
    for (BoundingBox face : faces) {
      for (BoundingBox box : boxes) {
        if (face.overlap(box) >= overlap) {
          overlap = face.overlap(box);
          best = new Pair(face, box);
        }
      }
    }
    return best;
  }
}
