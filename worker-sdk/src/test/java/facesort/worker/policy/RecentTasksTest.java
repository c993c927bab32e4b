package facesort.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.worker.policy.RecentTasks.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RecentTasksTest {
  private static final String TOPIC = "task.queued";
  private static final TaskKey A = new TaskKey(1, 1);
  private static final TaskKey B = new TaskKey(1, 2);
  private static final TaskKey C = new TaskKey(2, 1);

  private final RecentTasks recent = new RecentTasks(2);

  @Test
  void seen_knowsWhatWasAddedToThisPartition() {
    recent.add(TOPIC, 3, A);

    assertThat(recent.seen(TOPIC, 3, A)).isTrue();
    assertThat(recent.seen(TOPIC, 3, B)).isFalse();
    assertThat(recent.seen(TOPIC, 4, A)).isFalse();
    assertThat(recent.seen("task.queued.interactive", 3, A)).isFalse();
  }

  @Test
  void add_forgetsTheOldest() {
    recent.add(TOPIC, 0, A);
    recent.add(TOPIC, 0, B);
    recent.add(TOPIC, 0, C);

    assertThat(recent.seen(TOPIC, 0, A)).isFalse();
    assertThat(recent.seen(TOPIC, 0, B)).isTrue();
    assertThat(recent.seen(TOPIC, 0, C)).isTrue();
  }

  @Test
  void add_makesARepeatTheNewest() {
    recent.add(TOPIC, 0, A);
    recent.add(TOPIC, 0, B);
    recent.add(TOPIC, 0, A);
    recent.add(TOPIC, 0, C);

    assertThat(recent.seen(TOPIC, 0, A)).isTrue();
    assertThat(recent.seen(TOPIC, 0, B)).isFalse();
  }

  @Test
  void forget_dropsOnePartition() {
    recent.add(TOPIC, 0, A);
    recent.add(TOPIC, 1, A);

    recent.forget(TOPIC, 0);

    assertThat(recent.seen(TOPIC, 0, A)).isFalse();
    assertThat(recent.seen(TOPIC, 1, A)).isTrue();
  }

  @Test
  void key_differsInEveryPart() {
    assertThat(
            List.of(
                RecentTasks.key("task", 0, "model", "a=1"),
                RecentTasks.key("tasks", 0, "model", "a=1"),
                RecentTasks.key("task", 1, "model", "a=1"),
                RecentTasks.key("task", 0, "models", "a=1"),
                RecentTasks.key("task", 0, "model", "a=2"),
                RecentTasks.key("task", 0, "modela", "=1")))
        .doesNotHaveDuplicates();
    assertThat(RecentTasks.key("task", 0, "model", "a=1"))
        .isEqualTo(RecentTasks.key("task", 0, "model", "a=1"));
  }

  @Test
  void window_isTheLastDistinctKeys() {
    for (int seed = 0; seed < 100; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      int window = 1 + random.nextInt(8);
      RecentTasks tasks = new RecentTasks(window);
      List<TaskKey> model = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        TaskKey key = new TaskKey(0, random.nextInt(15));
        assertThat(tasks.seen(TOPIC, 0, key)).as("seed %d", seed).isEqualTo(model.contains(key));
        tasks.add(TOPIC, 0, key);
        model.remove(key);
        model.add(key);
        if (model.size() > window) {
          model.removeFirst();
        }
      }
    }
  }
}
