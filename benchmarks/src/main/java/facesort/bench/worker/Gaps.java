package facesort.bench.worker;

import facesort.bench.drive.Answer;
import facesort.bench.drive.Watch;
import facesort.bench.drive.WrongOutput;
import facesort.worker.kit.Pause;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How long partitions showed nothing to a reader of committed records. */
final class Gaps {
  private static final Duration AROUND = Duration.ofSeconds(1);

  private Gaps() {}

  /**
   * The longest time in which one partition showed nothing of the kind, in milliseconds; waits a
   * second for what ends the last gap.
   *
   * @param from begin of what is looked at, by {@link System#nanoTime}
   * @param to its end
   */
  static double longest(Watch watch, long from, long to, Predicate<Answer> kind) {
    Pause.untilNanos(to + AROUND.toNanos());
    Predicate<Answer> near =
        answer -> answer.seen() > from - AROUND.toNanos() && answer.seen() < to + AROUND.toNanos();
    return watch.matching(kind.and(near)).stream()
        .collect(Collectors.groupingBy(Answer::partition))
        .values()
        .stream()
        .mapToDouble(Gaps::longest)
        .max()
        .orElseThrow(() -> new WrongOutput("no partition showed anything"));
  }

  private static double longest(List<Answer> answers) {
    List<Answer> sorted = answers.stream().sorted(Comparator.comparingLong(Answer::seen)).toList();
    double longest = 0;
    for (int i = 1; i < sorted.size(); i++) {
      longest = Math.max(longest, (sorted.get(i).seen() - sorted.get(i - 1).seen()) / 1e6);
    }
    return longest;
  }
}
