package facesort.worker.policy;

import static facesort.worker.policy.LaneKind.BULK;
import static facesort.worker.policy.LaneKind.INTERACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns(0.2);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> order = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void take_servesInteractiveFirst_eachLaneInItsOrder_andEveryFifthBulk() throws Exception {
    Turns.Turn running = turns.take(BULK);
    for (int i = 1; i <= 3; i++) {
      queue(BULK, "b" + i);
    }
    for (int i = 1; i <= 6; i++) {
      queue(INTERACTIVE, "i" + i);
    }
    running.close();

    assertThat(served(9)).containsExactly("i1", "i2", "i3", "i4", "b1", "i5", "i6", "b2", "b3");
  }

  @Test
  void next_isNotPassedOver_unlessBulkIsDue() throws Exception {
    Turns.Turn running = turns.take(BULK);
    Future<?> interactive =
        threads.submit(() -> {
          Turns.Turn turn = turns.take(INTERACTIVE);
          for (int i = 1; i <= 6; i++) {
            order.add("i" + i);
            turn = turn.next();
          }
          turn.close();
          return turn;
        });
    awaitWaiting(INTERACTIVE, 1);
    queue(BULK, "b1");
    queue(BULK, "b2");
    running.close();

    assertThat(served(8)).containsExactly("i1", "i2", "i3", "i4", "b1", "i5", "i6", "b2");
    interactive.get(10, TimeUnit.SECONDS);
  }

  @Test
  void next_ofAClosedTurn_isATurnAgain() throws Exception {
    Turns.Turn closed = turns.take(BULK);
    closed.close();

    Turns.Turn next = closed.next();
    queue(INTERACTIVE, "waits");

    assertThat(order).isEmpty();
    next.close();
    assertThat(served(1)).containsExactly("waits");
  }

  @Test
  void interruptedNext_isClosedByItsOwner() throws Exception {
    Turns.Turn running = turns.take(BULK);
    Future<?> patient = queued(INTERACTIVE, "patient");
    Future<?> given =
        threads.submit(() -> {
          Thread.currentThread().interrupt();
          try {
            return running.next();
          } finally {
            running.close();
          }
        });

    assertThatThrownBy(() -> given.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    patient.get(10, TimeUnit.SECONDS);
    assertThat(served(1)).containsExactly("patient");
  }

  @Test
  void take_letsOneInAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    List<Future<Integer>> seen = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      LaneKind lane = i % 3 == 0 ? INTERACTIVE : BULK;
      seen.add(
          threads.submit(() -> {
            try (Turns.Turn _ = turns.take(lane)) {
              int together = inside.incrementAndGet();
              for (int spin = 0; spin < 1000; spin++) {
                Thread.onSpinWait();
              }
              inside.decrementAndGet();
              return together;
            }
          }));
    }
    for (Future<Integer> together : seen) {
      assertThat(together.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void close_byAnotherThread_letsTheNextIn_andASecondCloseTakesNothingFromIt() throws Exception {
    Turns.Turn abandoned = turns.take(BULK);
    threads.submit(abandoned::close).get(10, TimeUnit.SECONDS);
    Turns.Turn next = turns.take(BULK);

    abandoned.close();
    queue(INTERACTIVE, "waits");

    assertThat(order).isEmpty();
    assertThat(turns.waiting(INTERACTIVE)).isEqualTo(1);
    next.close();
    assertThat(served(1)).containsExactly("waits");
  }

  @Test
  void interruptedWaiter_leavesTheQueue() throws Exception {
    Turns.Turn running = turns.take(BULK);
    Future<?> given = queued(INTERACTIVE, "given up");
    queue(BULK, "patient");

    given.cancel(true);
    awaitWaiting(INTERACTIVE, 0);
    running.close();

    assertThat(served(1)).containsExactly("patient");
    turns.take(INTERACTIVE).close();
  }

  @Test
  void interruptsAtRandomMoments_loseNoTurn() throws Exception {
    for (int i = 0; i < 200; i++) {
      Turns.Turn running = turns.take(BULK);
      awaitWaiting(INTERACTIVE, 0);
      Future<?> doomed = queued(INTERACTIVE, "any");
      Future<?> closing = threads.submit(running::close);
      doomed.cancel(true);
      closing.get(10, TimeUnit.SECONDS);
    }
    Future<Turns.Turn> last = threads.submit(() -> turns.take(BULK));
    last.get(10, TimeUnit.SECONDS).close();
  }

  @Test
  void take_refusesAnInterruptedThread() throws Exception {
    Future<Turns.Turn> taken =
        threads.submit(() -> {
          Thread.currentThread().interrupt();
          return turns.take(BULK);
        });

    assertThatThrownBy(() -> taken.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    turns.take(BULK).close();
  }

  private void queue(LaneKind lane, String name) {
    assertThat(queued(lane, name)).isNotDone();
  }

  private Future<?> queued(LaneKind lane, String name) {
    int before = turns.waiting(lane);
    Future<?> task =
        threads.submit(() -> {
          try (Turns.Turn _ = turns.take(lane)) {
            order.add(name);
          }
          return name;
        });
    awaitWaiting(lane, before + 1);
    return task;
  }

  private void awaitWaiting(LaneKind lane, int count) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(10))
        .until(() -> turns.waiting(lane) == count);
  }

  private List<String> served(int count) throws InterruptedException {
    List<String> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      served.add(String.valueOf(order.poll(10, TimeUnit.SECONDS)));
    }
    return served;
  }
}
