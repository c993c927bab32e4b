package facesort.inference.onnx;

import ai.onnxruntime.OrtException;
import facesort.inference.onnx.WaitingInputs.Waiting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A session that one thread alone opens, runs and closes, as CUDA wants it: calls that change
 * threads leave memory behind on the device (onnxruntime#29351). Callers hand their inputs over and
 * wait. Whatever waits goes through the model together, in one of a few sizes, so that the device
 * sees shapes that it was warmed up with; a batch is filled up with zeros, and what comes of them
 * is dropped. Nothing is waited for in order to fill a batch.
 *
 * <p>A caller that is interrupted stops waiting; the thread inside the native call cannot be.
 */
final class OwnedSession implements ModelSession {
  /** Sizes in which inputs go through the model. */
  static final List<Integer> BUCKETS = ModelDevice.CUDA_BUCKETS;

  private static final int LARGEST = BUCKETS.getLast();

  /** The largest bucket takes milliseconds: after this the device does not answer any more. */
  private static final Duration STUCK_AFTER = Duration.ofSeconds(10);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);
  private static final long IDLE = Long.MAX_VALUE;

  private final ShippedModel model;
  private final Duration stuckAfter;
  private final WaitingInputs waiting = new WaitingInputs(2 * LARGEST);
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Thread owner;
  private volatile long callBegun = IDLE;

  /** Opens what is owned; called by the owner. */
  interface Opening {
    ModelSession open() throws OrtException;
  }

  private OwnedSession(ShippedModel model, Opening opening, Duration stuckAfter) {
    this.model = model;
    this.stuckAfter = stuckAfter;
    this.owner =
        DeepStack.thread("onnx-" + model.name().toLowerCase(Locale.ROOT), () -> own(opening));
    owner.setDaemon(true);
  }

  /**
   * Opens a session and runs each bucket once.
   *
   * @throws ExecutionException if it cannot be opened or does not run
   */
  static OwnedSession open(ShippedModel model, Opening opening) throws ExecutionException {
    return open(model, opening, STUCK_AFTER);
  }

  static OwnedSession open(ShippedModel model, Opening opening, Duration stuckAfter)
      throws ExecutionException {
    OwnedSession session = new OwnedSession(model, opening, stuckAfter);
    session.owner.start();
    DeepStack.await(session.ready);
    return session;
  }

  @Override
  public ModelOutputs run(FloatBuffer inputs, int batch) throws OrtException, InterruptedException {
    List<Waiting> parts = new ArrayList<>();
    for (int first = 0; first < batch; first += LARGEST) {
      int items = Math.min(LARGEST, batch - first);
      int from = inputs.position() + first * model.itemSize();
      parts.add(new Waiting(inputs.slice(from, items * model.itemSize()), items));
    }
    try {
      List<ModelOutputs> outputs = new ArrayList<>();
      for (Waiting part : parts) {
        waiting.put(part);
      }
      for (Waiting part : parts) {
        outputs.add(part.answer().get());
      }
      return ModelOutputs.joined(outputs);
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      if (isStuck()) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The device has not answered for " + stuckAfter, e);
      }
      throw e;
    } finally {
      parts.forEach(Waiting::leave);
    }
  }

  private static RuntimeException failed(ExecutionException answer) throws OrtException {
    if (answer.getCause() instanceof OrtException e) {
      throw e;
    }
    return new IllegalStateException("The model's thread failed", answer.getCause());
  }

  /** How many items wait for the next call. */
  int waitingItems() {
    return waiting.items();
  }

  /** Whether the call that runs now has run for too long. */
  private boolean isStuck() {
    long begun = callBegun;
    return begun != IDLE && System.nanoTime() - begun > stuckAfter.toNanos();
  }

  /** The owner's life. */
  private void own(Opening opening) {
    FloatBuffer inputs =
        ByteBuffer.allocateDirect(LARGEST * model.itemSize() * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try (ModelSession session = opening.open()) {
      for (int bucket : BUCKETS) {
        var _ = session.run(inputs, bucket);
      }
      ready.complete(null);
      serve(session, inputs);
    } catch (OrtException | InterruptedException | RuntimeException | Error e) {
      ready.completeExceptionally(e);
    } finally {
      waiting.close();
    }
  }

  private void serve(ModelSession session, FloatBuffer inputs) throws InterruptedException {
    List<Waiting> together = waiting.take(LARGEST);
    while (!together.isEmpty()) {
      callBegun = System.nanoTime();
      try {
        answer(session, inputs, together);
      } catch (OrtException | RuntimeException | Error e) {
        together.forEach(one -> one.answer().completeExceptionally(e));
      } finally {
        callBegun = IDLE;
      }
      together = waiting.take(LARGEST);
    }
  }

  private void answer(ModelSession session, FloatBuffer inputs, List<Waiting> together)
      throws OrtException, InterruptedException {
    int items = together.stream().mapToInt(Waiting::batch).sum();
    int bucket = bucket(items);
    int at = 0;
    for (Waiting one : together) {
      one.copyTo(inputs, at * model.itemSize());
      at += one.batch();
    }
    Waiting.clear(inputs, items * model.itemSize(), bucket * model.itemSize());
    ModelOutputs outputs = session.run(inputs, bucket);
    at = 0;
    for (Waiting one : together) {
      one.answer().complete(outputs.part(at, one.batch(), bucket));
      at += one.batch();
    }
  }

  /** Returns the size in which so many items go through the model. */
  static int bucket(int items) {
    return BUCKETS.stream().filter(bucket -> bucket >= items).findFirst().orElseThrow();
  }

  /** Waits a little for the owner, unless it is stuck: it is left behind then. */
  @Override
  public void close() {
    waiting.close();
    if (isStuck()) {
      return;
    }
    try {
      var _ = owner.join(ENDS_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
