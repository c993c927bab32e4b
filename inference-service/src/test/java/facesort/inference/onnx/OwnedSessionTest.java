package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnedSessionTest {
  private static final ShippedModel MODEL = ShippedModel.LANDMARK;

  private final Doubling inner = new Doubling();

  /** Answers twice the first number of each input, and remembers who asked for what. */
  private static final class Doubling implements ModelSession {
    final List<Integer> buckets = new CopyOnWriteArrayList<>();
    final List<Thread> threads = new CopyOnWriteArrayList<>();
    final List<Float> sums = new CopyOnWriteArrayList<>();
    volatile @Nullable Throwable failure;
    volatile CountDownLatch gate = new CountDownLatch(0);

    @Override
    public ModelOutputs run(FloatBuffer inputs, int batch) throws OrtException {
      threads.add(Thread.currentThread());
      buckets.add(batch);
      awaitGate();
      switch (failure) {
        case null -> {}
        case OrtException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
      float[] answers = new float[batch];
      float sum = 0;
      for (int i = 0; i < batch * MODEL.itemSize(); i++) {
        sum += inputs.get(i);
      }
      sums.add(sum);
      for (int i = 0; i < batch; i++) {
        answers[i] = 2 * inputs.get(i * MODEL.itemSize());
      }
      return new ModelOutputs(Map.of("twice", answers));
    }

    /** As native code: not to be interrupted. */
    private void awaitGate() {
      boolean open = false;
      while (!open) {
        try {
          open = gate.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          throw new AssertionError("the owner was interrupted", e);
        }
      }
    }

    @Override
    public void close() {
      threads.add(Thread.currentThread());
    }
  }

  @Test
  void open_warmsUpEveryBucket() throws Exception {
    try (OwnedSession session = open()) {
      assertThat(session).isNotNull();
      assertThat(inner.buckets).containsExactly(1, 8, 16, 32);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 8", "8, 8", "9, 16", "17, 32", "32, 32"})
  void run_isFilledUpWithZeros_toTheNextBucket(int batch, int bucket) throws Exception {
    try (OwnedSession session = open()) {
      // What is left in the buffer by a larger one must not be seen by a smaller one.
      var _ = session.run(items(100, 32), 32);

      assertThat(session.run(items(1, batch), batch).get("twice")).isEqualTo(twice(1, batch));

      assertThat(inner.buckets.getLast()).isEqualTo(bucket);
      assertThat(inner.sums.getLast()).isEqualTo(batch * (batch + 1) / 2f);
    }
  }

  @Test
  void run_ofMoreThanTheLargestBucket_goesInParts() throws Exception {
    try (OwnedSession session = open()) {
      assertThat(session.run(items(1, 70), 70).get("twice")).isEqualTo(twice(1, 70));
      assertThat(inner.buckets.subList(4, 7)).containsExactly(32, 32, 8);
    }
  }

  @Test
  void callers_thatWait_goTogether_onTheOneThread_andGetTheirOwn() throws Exception {
    try (OwnedSession session = open()) {
      inner.gate = new CountDownLatch(1);
      FutureTask<ModelOutputs> first = started(session, 1, 1);
      Awaitility.await().until(() -> inner.buckets.size() == 5);
      List<FutureTask<ModelOutputs>> others = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        others.add(started(session, 10 * (i + 1), 1));
      }
      Awaitility.await().until(() -> session.waitingItems() == 9);

      inner.gate.countDown();

      assertThat(first.get().get("twice")).isEqualTo(twice(1, 1));
      for (int i = 0; i < 9; i++) {
        assertThat(others.get(i).get().get("twice")).isEqualTo(twice(10 * (i + 1), 1));
      }
      assertThat(inner.buckets.subList(4, inner.buckets.size())).containsExactly(1, 16);
    }
    assertThat(inner.threads).hasSize(7).containsOnly(inner.threads.getFirst());
    assertThat(inner.threads.getFirst()).isNotEqualTo(Thread.currentThread());
  }

  @Test
  void run_thatFails_failsForItsCallers_andTheNextGoesOn() throws Exception {
    try (OwnedSession session = open()) {
      inner.failure = new OrtException("CUDA error 700");
      assertThatThrownBy(() -> session.run(items(1, 2), 2))
          .isInstanceOf(OrtException.class)
          .hasMessage("CUDA error 700");
      inner.failure = new UnsatisfiedLinkError("gone");
      assertThatThrownBy(() -> session.run(items(1, 2), 2)).hasRootCauseMessage("gone");

      inner.failure = null;
      assertThat(session.run(items(5, 1), 1).get("twice")).isEqualTo(twice(5, 1));
    }
  }

  @Test
  void caller_thatIsInterrupted_stopsWaiting_andTheOthersAreAnswered() throws Exception {
    try (OwnedSession session = open()) {
      inner.gate = new CountDownLatch(1);
      FutureTask<ModelOutputs> running = started(session, 1, 1);
      Awaitility.await().until(() -> inner.buckets.size() == 5);
      FutureTask<ModelOutputs> leaving = new FutureTask<>(() -> session.run(items(2, 1), 1));
      Thread thread = Thread.ofPlatform().daemon().start(leaving);
      FutureTask<ModelOutputs> staying = started(session, 3, 1);
      Awaitility.await().until(() -> session.waitingItems() == 2);

      thread.interrupt();

      assertThatThrownBy(leaving::get).hasCauseInstanceOf(InterruptedException.class);
      inner.gate.countDown();
      assertThat(running.get().get("twice")).isEqualTo(twice(1, 1));
      assertThat(staying.get().get("twice")).isEqualTo(twice(3, 1));
      assertThat(inner.sums.getLast()).isEqualTo(3);
    }
  }

  @Test
  void caller_thatIsInterrupted_whileTheDeviceHangs_saysSo_andCloseLeavesItBehind()
      throws Exception {
    OwnedSession session = OwnedSession.open(MODEL, () -> inner, Duration.ZERO);
    inner.gate = new CountDownLatch(1);
    FutureTask<ModelOutputs> hanging = new FutureTask<>(() -> session.run(items(1, 1), 1));
    Thread thread = Thread.ofPlatform().daemon().start(hanging);
    Awaitility.await().until(() -> inner.buckets.size() == 5);

    thread.interrupt();

    assertThatThrownBy(hanging::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("The device has not answered for PT0S");
    session.close();
    assertThatThrownBy(() -> session.run(items(1, 1), 1)).hasMessage("The session is closed");
    inner.gate.countDown();
  }

  @Test
  void close_failsWhoWaits_andEndsTheThread() throws Exception {
    OwnedSession session = open();
    inner.gate = new CountDownLatch(1);
    FutureTask<ModelOutputs> running = started(session, 1, 1);
    Awaitility.await().until(() -> inner.buckets.size() == 5);
    FutureTask<ModelOutputs> waiting = started(session, 2, 1);
    Awaitility.await().until(() -> session.waitingItems() == 1);
    FutureTask<Void> closing =
        new FutureTask<>(() -> {
          session.close();
          return null;
        });
    Thread.ofPlatform().daemon().start(closing);

    assertThatThrownBy(waiting::get).hasRootCauseMessage("The session is closed");
    inner.gate.countDown();
    assertThat(running.get().get("twice")).isEqualTo(twice(1, 1));
    closing.get();
    assertThat(inner.threads.getFirst().isAlive()).isFalse();
  }

  @Test
  void session_thatCannotBeOpened_orDoesNotWarmUp_isRefused() {
    assertThatThrownBy(() ->
            OwnedSession.open(
                MODEL,
                () -> {
                  throw new OrtException("no such device");
                }))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no such device");

    inner.failure = new OrtException("out of memory");
    assertThatThrownBy(this::open).hasRootCauseMessage("out of memory");
  }

  private OwnedSession open() throws ExecutionException {
    return OwnedSession.open(MODEL, () -> inner);
  }

  private static FutureTask<ModelOutputs> started(OwnedSession session, int first, int batch) {
    FutureTask<ModelOutputs> call = new FutureTask<>(() -> session.run(items(first, batch), batch));
    Thread.ofPlatform().daemon().start(call);
    return call;
  }

  /** Inputs that begin with first, first + 1, ..., and are zero otherwise. */
  private static FloatBuffer items(int first, int batch) {
    FloatBuffer items = FloatBuffer.allocate(batch * MODEL.itemSize());
    for (int i = 0; i < batch; i++) {
      items.put(i * MODEL.itemSize(), first + i);
    }
    return items;
  }

  private static float[] twice(int first, int batch) {
    float[] twice = new float[batch];
    for (int i = 0; i < batch; i++) {
      twice[i] = 2 * (first + i);
    }
    return twice;
  }
}
