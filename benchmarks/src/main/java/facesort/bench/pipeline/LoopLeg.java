package facesort.bench.pipeline;

import java.util.List;
import java.util.Map;

/**
 * One pass of a loop in one process over photos in memory.
 *
 * @param seconds from the first photo's begin to the last one's end
 * @param cpuSeconds of all threads of the process
 * @param stages thread CPU milliseconds a photo, by stage
 * @param seen what was seen, photo by photo
 */
record LoopLeg(double seconds, double cpuSeconds, Map<String, Double> stages, List<Seen> seen) {
  LoopLeg {
    stages = Map.copyOf(stages);
    seen = List.copyOf(seen);
  }

  double photosPerSecond() {
    return seen.size() / seconds;
  }

  double facesPerPhoto() {
    return seen.stream().mapToInt(Seen::faces).average().orElse(0);
  }
}
