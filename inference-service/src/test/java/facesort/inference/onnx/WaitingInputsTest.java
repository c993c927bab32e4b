package facesort.inference.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.onnx.WaitingInputs.Waiting;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class WaitingInputsTest {
  private final WaitingInputs waiting = new WaitingInputs(8);

  @Test
  void take_givesWhatIsThere_inOrder_asMuchAsFits() throws Exception {
    Waiting one = put(1);
    Waiting three = put(3);
    Waiting four = put(4);

    assertThat(waiting.take(7)).containsExactly(one, three);
    assertThat(waiting.take(7)).containsExactly(four);
  }

  @Test
  void take_leavesOutThoseWhoHaveLeft() throws Exception {
    put(2).leave();
    Waiting stays = put(1);
    put(3).leave();

    assertThat(waiting.take(2)).containsExactly(stays);
  }

  @Test
  void take_waitsForTheFirst() throws Exception {
    FutureTask<List<Waiting>> taker = started(new FutureTask<>(() -> waiting.take(4)));
    Waiting late = put(1);

    assertThat(taker.get()).containsExactly(late);
  }

  @Test
  void put_waitsForRoom_andCanBeInterrupted() throws Exception {
    put(8);
    FutureTask<Void> interrupted = putting(1);
    Thread thread = start(interrupted);
    Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
    thread.interrupt();
    assertThatThrownBy(interrupted::get).hasCauseInstanceOf(InterruptedException.class);

    FutureTask<Void> patient = started(putting(1));
    assertThat(waiting.take(8)).hasSize(1);
    patient.get();
    assertThat(waiting.take(8)).hasSize(1);
  }

  @Test
  void close_failsWhatWaits_andWhoWaitsForRoom_andEndsTheTaker() throws Exception {
    Waiting there = put(8);
    FutureTask<Void> without = started(putting(1));

    waiting.close();

    assertThat(there.answer()).isCompletedExceptionally();
    assertThatThrownBy(without::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("The session is closed");
    assertThatThrownBy(() -> put(1)).hasMessage("The session is closed");
    assertThat(waiting.take(8)).isEmpty();
  }

  @Test
  void inputs_ofOneWhoHasLeft_areNotRead() {
    Waiting left = new Waiting(FloatBuffer.wrap(new float[] {1, 2}), 1);
    left.leave();
    float[] into = {7, 7, 7, 7};

    left.copyTo(FloatBuffer.wrap(into), 1);

    assertThat(into).containsExactly(7, 0, 0, 7);
  }

  private Waiting put(int batch) throws InterruptedException {
    Waiting inputs = new Waiting(FloatBuffer.allocate(batch), batch);
    waiting.put(inputs);
    return inputs;
  }

  private FutureTask<Void> putting(int batch) {
    return new FutureTask<>(() -> {
      put(batch);
      return null;
    });
  }

  private static <T> FutureTask<T> started(FutureTask<T> task) {
    start(task);
    return task;
  }

  private static Thread start(Runnable work) {
    return Thread.ofPlatform().daemon().start(work);
  }
}
