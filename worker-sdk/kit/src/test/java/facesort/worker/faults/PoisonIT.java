package facesort.worker.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Fault;
import facesort.worker.kit.FaultTable;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.Tasks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that nobody can read, and such that come more than once. */
@ExtendWith({LocalStackExtension.class, FaultTable.class})
class PoisonIT {
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

  @Test
  @Fault(
      id = "F13, F14, F15",
      injection =
          "no Avro, empty, null, truncated, array bomb, string bomb, unknown schema, foreign schema,"
              + " wrong key, 1.5 MB, answer too big")
  void whatCannotBeRead_isHeldWithItsBytesAndDelaysNobody(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.working(scene.command());

      for (Poison poison : Poison.values()) {
        scene.tasks().send(3, "ok");
        poison.send(scene.tasks());
      }
      scene
          .tasks()
          .bytes("null", null, 0, Expected.held(FailureCode.UNDECODABLE))
          .bytes("foreign", scene.tasks().foreign(), 1, Expected.held(FailureCode.UNDECODABLE))
          .bytes(
              "wrong-key",
              scene.tasks().encoded("ok-wrong-key"),
              2,
              Expected.held(FailureCode.INVALID_EVENT));
      scene.tasks().send("big-1", Expected.held(FailureCode.TOO_BIG));
      scene.tasks().send(3, "ok");

      Guarantees held = scene.settled(Duration.ofSeconds(30));
      scene
          .onceEach(held)
          .and(
              Guarantee.NOBODY_IS_STUCK,
              held.longestDelay().compareTo(LONGEST_DELAY) <= 0,
              "a neighbour waited for " + held.longestDelay())
          .note("longest delay " + held.longestDelay())
          .assertHold();
    }
  }

  @Test
  @Fault(id = "F28", injection = "every task 1 to 5 times")
  void tasksThatComeMoreThanOnce_areAnsweredOnce(StackAddresses stack) {
    try (Scene scene = Scene.on(stack)) {
      scene.working(scene.command());
      for (int i = 0; i < 30; i++) {
        for (int times = 0; times <= i % 5; times++) {
          scene.tasks().send(scene.topics().in(), "ok-" + i, i % 3, Expected.published());
        }
      }

      scene.onceEach(scene.settled(Duration.ofSeconds(30))).assertHold();
    }
  }

  /** Kinds of bytes that are no task. */
  enum Poison {
    NO_AVRO {
      @Override
      byte[] bytes(byte[] task) {
        return "this is no Avro".getBytes(UTF_8);
      }
    },
    EMPTY {
      @Override
      byte[] bytes(byte[] task) {
        return new byte[0];
      }
    },
    TRUNCATED {
      @Override
      byte[] bytes(byte[] task) {
        return Arrays.copyOf(task, task.length / 2);
      }
    },
    ARRAY_BOMB {
      @Override
      byte[] bytes(byte[] task) {
        // The last four fields are null: a list of a million million takes the place of the first.
        return ByteBuffer.allocate(task.length + 5)
            .put(task, 0, task.length - 4)
            .put(new byte[] {2, -128, -128, -128, -128, -128, -128, 64, 0})
            .array();
      }
    },
    STRING_BOMB {
      @Override
      byte[] bytes(byte[] task) {
        return ByteBuffer.allocate(10).put(task, 0, 5).put(new byte[] {-2, -1, -1, -1, 15}).array();
      }
    },
    UNKNOWN_SCHEMA {
      @Override
      byte[] bytes(byte[] task) {
        byte[] changed = task.clone();
        ByteBuffer.wrap(changed).putInt(1, 99_999_999);
        return changed;
      }
    },
    LARGE {
      @Override
      byte[] bytes(byte[] task) {
        return new byte[1_500_000];
      }
    };

    abstract byte[] bytes(byte[] task);

    void send(Tasks tasks) {
      tasks.bytes(
          name(),
          bytes(tasks.encoded("ok-" + name())),
          name().length() % 3,
          Expected.held(FailureCode.UNDECODABLE));
    }
  }
}
