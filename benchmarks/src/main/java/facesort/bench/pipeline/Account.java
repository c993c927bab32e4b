package facesort.bench.pipeline;

import facesort.bench.measure.Percentile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where the time of a photo goes, in core milliseconds: what all cores together had between the
 * submission and the job's end, divided by the photos.
 */
final class Account {
  private static final int MOST_THREADS = 25;

  private final Rounds.Result rounds;
  private final Map<String, Double> started;
  private final Map<String, Double> networks;
  private final int cores;

  /**
   * @param started CPU seconds of each process when the system was ready
   * @param networks CPU milliseconds of one call of each network
   */
  Account(
      Rounds.Result rounds, Map<String, Double> started, Map<String, Double> networks, int cores) {
    this.rounds = rounds;
    this.started = started;
    this.networks = networks;
    this.cores = cores;
  }

  /** Medians over the rounds, by kind. */
  Map<String, Object> stages() {
    Map<String, Object> stages = new LinkedHashMap<>();
    stages.put("bare_loop_ms", bare());
    stages.put("system_core_ms", system());
    stages.put("system_cpu_ms", ofSystem(SystemLeg::cpu));
    stages.put("system_cpu_ms_until_matched", ofSystem(SystemLeg::cpuMatched));
    stages.put("system_threads_ms", largest(ofSystem(SystemLeg::threads)));
    stages.put("idle_share", share(SystemLeg::idleShare));
    stages.put("idle_share_until_matched", share(SystemLeg::idleShareMatched));
    stages.put("other_share", share(SystemLeg::otherShare));
    stages.put("startup_cpu_s", started);
    stages.put("timeline_s", ofSystem(SystemLeg::timeline));
    return stages;
  }

  /** Thread time by stage of the bare loop; faces is all between decoding and matching. */
  Map<String, Double> bare() {
    Map<String, Double> stages = medians(rounds.bare().stream().map(LoopLeg::stages).toList());
    Map<String, Double> all = new LinkedHashMap<>(stages);
    double faces = rounds.bare().getFirst().facesPerPhoto();
    networks.forEach((name, millis) ->
        all.put("of_faces_" + name, name.startsWith("detect") ? millis : millis * faces));
    all.put(
        "process_cpu",
        median(
            rounds.bare().stream()
                .map(leg -> leg.cpuSeconds() * 1e3 / leg.seen().size())
                .toList()));
    all.put(
        "cores",
        median(
            rounds.bare().stream()
                .map(leg -> leg.seconds() * 1e3 * cores / leg.seen().size())
                .toList()));
    return all;
  }

  private Map<String, Double> system() {
    double all =
        median(rounds.system().stream().map(leg -> 1e3 * cores / leg.photosPerSecond()).toList());
    double used = ofSystem(SystemLeg::cpu).values().stream().mapToDouble(Double::doubleValue).sum();
    Map<String, Double> system = new LinkedHashMap<>();
    system.put("cores", all);
    system.put("processes", used);
    system.put("idle", all * share(SystemLeg::idleShare));
    system.put("others", all * share(SystemLeg::otherShare));
    return system;
  }

  /**
   * CPU time of the bare loop over that of all the system's processes: what the ratio of the rates
   * would be if no core ever waited. Other processes of the machine do not disturb it.
   */
  double cpuRatio() {
    return bare().getOrDefault("process_cpu", 0.0)
        / processes().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** CPU milliseconds a photo of each process, largest first. */
  Map<String, Double> processes() {
    return largest(ofSystem(SystemLeg::cpu));
  }

  /** Seconds from the submission to the last record of a kind, in their order. */
  Map<String, Double> timeline() {
    Map<String, Double> sorted = new LinkedHashMap<>();
    ofSystem(SystemLeg::timeline).entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  double share(Function<SystemLeg, Double> of) {
    return median(rounds.system().stream().map(of).toList());
  }

  private Map<String, Double> ofSystem(Function<SystemLeg, Map<String, Double>> of) {
    return medians(rounds.system().stream().map(of).toList());
  }

  private static Map<String, Double> largest(Map<String, Double> values) {
    Map<String, Double> largest = new LinkedHashMap<>();
    values.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(MOST_THREADS)
        .forEach(entry -> largest.put(entry.getKey(), entry.getValue()));
    return largest;
  }

  private static Map<String, Double> medians(List<Map<String, Double>> maps) {
    Map<String, List<Double>> values = new HashMap<>();
    maps.forEach(map ->
        map.forEach(
            (name, value) -> values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value)));
    Map<String, Double> medians = new TreeMap<>();
    values.forEach((name, samples) -> medians.put(name, median(samples)));
    return medians;
  }

  private static double median(List<Double> samples) {
    return Percentile.of(samples, 50);
  }
}
