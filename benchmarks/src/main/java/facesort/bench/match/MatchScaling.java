package facesort.bench.match;

import facesort.bench.measure.Figure;
import facesort.bench.measure.Percentile;
import facesort.bench.measure.SteadyLegs;
import facesort.inference.match.Gallery;
import facesort.inference.match.GalleryFriend;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Measures galleries of all sizes in turns, and the memory in each turn. One thread. */
final class MatchScaling {
  private static final int LARGE = 100_000;
  private static final int USUAL = 10_000;
  private static final int TOGETHER = 32;
  private static final List<Integer> SIZES = List.of(10, 100, 1_000, USUAL, LARGE);

  /** How far an index looks at the least for a recall of about 0.99; see benchmarks/README.md. */
  private static final int INDEX_VISITS = 1_600;

  private static final String MS_10K =
      "one face against 10,000 exemplars of 512 numbers to its five nearest friends, exact; median"
          + " of each round, milliseconds";
  private static final String FRACTION =
      "bytes of 100,000 exemplars of 512 floats over the median time of one face in a round, divided"
          + " by the best speed at which one thread read 128 MiB before and after it";

  private final Plan plan;
  private final BiConsumer<Long, Long> progress;
  private final Bandwidth bandwidth = new Bandwidth();
  private final List<QueryLeg> legs = new ArrayList<>();
  private final List<Double> speeds = new ArrayList<>();
  private final SteadyLegs counts;

  /**
   * How much is measured.
   *
   * @param warmUps rounds that do not count
   * @param rounds rounds that count
   * @param nanos time for each gallery and batch in a round
   * @param largest sizes above are left out
   * @param tries a round is repeated while the machine's speed moves, up to so often
   */
  record Plan(int warmUps, int rounds, long nanos, int largest, int tries) {
    static final Plan QUICK = new Plan(2, 1, 20_000_000, USUAL, 1);
    static final Plan FULL = new Plan(2, 7, 200_000_000, LARGE, 3);
  }

  /**
   * What came out.
   *
   * @param figures those with a goal
   * @param numbers those without, by name
   * @param legs times of each gallery and batch
   */
  record Result(
      Map<String, Figure> figures, Map<String, Object> numbers, List<QueryLeg.Summary> legs) {}

  MatchScaling(Plan plan, BiConsumer<Long, Long> progress) {
    this.plan = plan;
    this.counts = new SteadyLegs(plan.tries());
    this.progress = progress;
  }

  /** Returns all figures; without the largest gallery those that are left. */
  Result run() {
    Crowd crowd = new Crowd();
    List<GalleryFriend> all = crowd.friends(plan.largest());
    for (int size : SIZES.stream().filter(size -> size <= plan.largest()).toList()) {
      List<GalleryFriend> friends = size == plan.largest() ? all : crowd.friends(size);
      Gallery gallery = Gallery.of(friends);
      for (int batch : List.of(1, TOGETHER)) {
        legs.add(new QueryLeg(size, friends, gallery, crowd.faces(batch, friends)));
      }
    }
    double recall = legs.stream().mapToDouble(QueryLeg::recall).min().orElseThrow();
    rounds();
    return result(recall);
  }

  private void rounds() {
    int total = plan.warmUps() + plan.rounds();
    for (int round = 0; round < total; round++) {
      if (round < plan.warmUps()) {
        once();
      } else {
        counted();
      }
      progress.accept(round + 1L, (long) total);
    }
  }

  private List<QueryLeg.Times> once() {
    return legs.stream().map(leg -> leg.round(plan.nanos())).toList();
  }

  /** Times of all legs, and the best speed of the memory beside them. */
  private record Round(List<QueryLeg.Times> times, double speed) {}

  private void counted() {
    Round round = counts.run(this::beside);
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).keep(round.times().get(i));
    }
    speeds.add(round.speed());
  }

  private Round beside() {
    double before = bandwidth.gigabytesPerSecond();
    List<QueryLeg.Times> times = once();
    return new Round(times, Math.max(before, bandwidth.gigabytesPerSecond()));
  }

  private Result result(double recall) {
    Map<String, Figure> figures = new LinkedHashMap<>();
    QueryLeg usual = leg(USUAL);
    figures.put("ms_10k", Figure.atMost(1.5, MS_10K, usual.medians()));
    QueryLeg largest = leg(plan.largest());
    if (plan.largest() == LARGE) {
      figures.put("bandwidth_fraction_100k", Figure.atLeast(0.8, FRACTION, fractions(largest)));
    }
    double scanNanos = Percentile.of(largest.medians(), 50) * 1e6 / largest.exemplars();
    double vectorNanos = bandwidth.randomVectorNanos();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("recall_at_5", recall);
    result.put("bandwidth_gb_per_s", Percentile.of(speeds, 50));
    result.put("scan_ns_per_exemplar", scanNanos);
    result.put("random_vector_ns", vectorNanos);
    result.put("index_visits_estimated", INDEX_VISITS);
    result.put("index_pays_from_exemplars", Math.round(INDEX_VISITS * vectorNanos / scanNanos));
    result.put("rounds_unsteady", counts.unsteady());
    return new Result(figures, result, legs.stream().map(QueryLeg::summary).toList());
  }

  private List<Double> fractions(QueryLeg leg) {
    return IntStream.range(0, speeds.size())
        .mapToObj(round -> leg.gigabytesPerSecond(round) / speeds.get(round))
        .toList();
  }

  private QueryLeg leg(int exemplars) {
    return legs.stream()
        .filter(leg -> leg.exemplars() == exemplars && leg.batch() == 1)
        .findFirst()
        .orElseThrow();
  }
}
