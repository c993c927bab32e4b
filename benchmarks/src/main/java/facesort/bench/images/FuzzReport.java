package facesort.bench.images;

import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param images mutants decoded
 * @param outcomes how many were decoded or refused, by code
 * @param deaths of the process that decodes
 * @param hangs longer than ten seconds
 * @param failures exceptions other than a refusal
 * @param peakRssMib the most that decoding added to the memory of the process
 * @param capMib what it may add
 * @param findings number and fate of each mutant that should not have been
 */
record FuzzReport(
    long seed,
    long images,
    Map<String, Integer> outcomes,
    int deaths,
    int hangs,
    int failures,
    long peakRssMib,
    long capMib,
    double seconds,
    List<String> findings) {

  /** Whether all went as it must. */
  boolean right() {
    return deaths == 0 && hangs == 0 && failures == 0 && peakRssMib <= capMib;
  }
}
