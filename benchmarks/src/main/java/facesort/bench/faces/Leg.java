package facesort.bench.faces;

import java.util.List;
import java.util.Map;

/**
 * What one leg did.
 *
 * @param threads threads that each take whole photos
 * @param rounds how often the photos were done
 * @param faces faces found on each photo, in every round: the output check
 * @param seconds from the first photo's start to the last one's end
 * @param millis mean of each step, once
 */
record Leg(
    int threads, int rounds, List<Integer> faces, double seconds, Map<String, Double> millis) {
  /** Copies both. */
  Leg {
    faces = List.copyOf(faces);
    millis = Map.copyOf(millis);
  }

  double photosPerSecond() {
    return rounds * faces.size() / seconds;
  }

  double facesPerSecond() {
    return rounds * facesARound() / seconds;
  }

  /** Faces a photo. */
  double facesPerPhoto() {
    return facesARound() / (double) faces.size();
  }

  /** Photos a second that the same steps would make of photos with so many faces: computed. */
  double photosPerSecondWith(double facesPerPhoto) {
    double once = millis.getOrDefault("decode", 0.0) + millis.getOrDefault("detect", 0.0);
    double each =
        millis.getOrDefault("landmarks", 0.0)
            + millis.getOrDefault("align", 0.0)
            + millis.getOrDefault("embed", 0.0);
    return threads * 1000 / (once + facesPerPhoto * each);
  }

  private int facesARound() {
    return faces.stream().mapToInt(Integer::intValue).sum();
  }
}
