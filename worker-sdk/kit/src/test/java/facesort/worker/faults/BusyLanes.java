package facesort.worker.faults;

import static org.awaitility.Awaitility.await;

import facesort.worker.kit.Expected;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.SeededSource;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Interactive tasks that come, all at once, while a bucket of a large bulk backlog is in work. What
 * counts is the order of buckets, of which each interactive one has one task.
 */
final class BusyLanes {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Of five turns bulk gets one, as is the default. */
  private static final int EVERY = 5;

  private static final int INTERACTIVE = 12;
  private static final int HELD = 5;

  private BusyLanes() {}

  static Guarantees run(Scene scene, SeededSource source) {
    SeededSource seen =
        source.insertAfter(
            "facesort.worker.policy.Turns",
            "queue(lane).addLast(waiter);",
            "facesort.worker.faults.Seeds.waits(lane.name());");
    scene.tasks().send(240, "ok").send(30, "slow-20").send("hold-bulk", Expected.published());
    scene.tasks().send(30, "slow-20").send(1_700, "ok");
    scene.working(
        scene
            .command()
            .seeded(seen)
            .with("facesort.worker.batch", 64)
            .with("facesort.worker.bucket-work", "50ms"));
    scene.awaitHeld("bulk");
    List<String> photos =
        IntStream.range(0, INTERACTIVE)
            .mapToObj(i -> (i == HELD ? "hold-interactive-" : "slow-60-interactive-") + i)
            .toList();
    scene.tasks().together(scene.topics().interactive(), photos);
    awaitWaiting(scene, true);
    scene.release("bulk");
    scene.awaitHeld("interactive");
    awaitWaiting(scene, false);
    scene.release("interactive");
    return judged(scene, scene.settled(LIMIT));
  }

  /** Returns when more buckets of the lane have waited than were begun. */
  private static void awaitWaiting(Scene scene, boolean interactive) {
    String lane = interactive ? "INTERACTIVE" : "BULK";
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            scene.waits().stream().filter(lane::equals).count()
                > order(scene).chars().filter(one -> one == lane.charAt(0)).count());
  }

  private static Guarantees judged(Scene scene, Guarantees held) {
    List<List<String>> buckets = scene.buckets();
    String order = order(scene);
    int bulkHeld = indexOf(buckets, "hold-bulk");
    int interactiveHeld = indexOf(buckets, "hold-interactive");
    String together = order.substring(order.indexOf('I'), order.lastIndexOf('I') + 1);
    long bulk = together.chars().filter(one -> one == 'B').count();
    String after = order.substring(interactiveHeld + 1, interactiveHeld + 1 + EVERY);
    return held.and(
            Guarantee.INTERACTIVE_COMES_FIRST,
            order.charAt(bulkHeld + 1) == 'I',
            "the bucket after the held one is bulk's")
        .and(
            Guarantee.INTERACTIVE_COMES_FIRST,
            bulk <= (INTERACTIVE - 1) / (EVERY - 1),
            "bulk had more than its share: " + together)
        .and(
            Guarantee.BULK_IS_NOT_STARVED,
            after.contains("B"),
            "a bulk bucket waited for more than four others")
        .note("order of buckets " + together);
  }

  /** A letter for each bucket that was begun: I or B. */
  private static String order(Scene scene) {
    return scene.buckets().stream()
        .map(bucket -> bucket.getFirst().contains("interactive") ? "I" : "B")
        .collect(Collectors.joining());
  }

  private static int indexOf(List<List<String>> buckets, String photo) {
    for (int i = 0; i < buckets.size(); i++) {
      if (buckets.get(i).stream().anyMatch(one -> one.startsWith(photo))) {
        return i;
      }
    }
    throw new AssertionError("There was no bucket with " + photo);
  }
}
