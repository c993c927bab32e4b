package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A place where the detector sees a face.
 *
 * @param box in pixels of the picture that was looked at
 * @param score 0 to 1
 */
public record Candidate(BoundingBox box, float score) {

  /**
   * Keeps the best of the candidates that overlap by more than a limit: a face is seen from many
   * places.
   *
   * @return the kept ones, best first
   */
  public static List<Candidate> withoutRepeats(List<Candidate> candidates, float overlap) {
    List<Candidate> kept = new ArrayList<>();
    candidates.stream()
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .filter(next -> kept.stream().noneMatch(k -> k.box.overlap(next.box) > overlap))
        .forEachOrdered(kept::add);
    return kept;
  }
}
