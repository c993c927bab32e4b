package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ten thousand histories of two jobs each, with commands, deadlines, repeats and late results at
 * any time: counts always add up, and once everything came each photo is what it would be without
 * all that.
 */
class JobHistoriesTest {

  private static final int HISTORIES = 10_000;

  @Test
  void anyHistory_keepsCounts_andEndsAsIfNothingHadHappened() {
    var first = System.nanoTime();
    for (int i = 0; i < HISTORIES; i++) {
      var seed = first + i;
      try {
        history(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static void history(Random random) {
    var jobs = new Jobs();
    var worlds = List.of(new World("left", random, jobs), new World("right", random, jobs));
    var steps = random.nextInt(60);
    for (int i = 0; i < steps; i++) {
      worlds.get(random.nextInt(2)).happens();
    }
    worlds.forEach(World::settles);
    worlds.forEach(World::checkEnd);
    checkMoves(jobs);
  }

  private static void checkMoves(Jobs jobs) {
    for (var jobId : List.of("left", "right")) {
      var published = jobs.publishedOf(jobId);
      for (int i = 1; i < published.size(); i++) {
        var from = published.get(i - 1);
        var to = published.get(i);
        assertThat(from == to || JobMoves.LEGAL.getOrDefault(from, Set.of()).contains(to))
            .as("%s to %s", from, to)
            .isTrue();
      }
    }
  }
}
