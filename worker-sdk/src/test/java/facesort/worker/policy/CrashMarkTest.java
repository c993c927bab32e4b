package facesort.worker.policy;

import static facesort.worker.policy.CrashMark.NONE;
import static facesort.worker.policy.CrashMark.NOTHING;
import static facesort.worker.policy.CrashMark.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrashMarkTest {
  private static final int RUNS = 300;

  @ParameterizedTest(name = "{0} assigned to the next is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        // clean before
        "q1;0;0;0;-1;0;-1 | q1;1;1;0;-1;0;-1",
        "q1;0;2;5;-1;0;-1 | q1;1;2;5;-1;0;-1",
        "q1;0;4;5;70;2;-1 | q1;1;4;5;70;2;-1",
        // died, nothing noted
        "q1;1;1;0;-1;0;-1 | q1;1;2;16;-1;0;-1",
        "q1;1;2;9;-1;0;-1 | q1;1;3;16;-1;0;-1",
        "q1;1;3;9;70;1;-1 | q1;1;4;16;70;1;-1",
        // died with a record noted
        "q1;1;3;9;-1;0;70 | q1;1;4;16;70;1;-1",
        "q1;1;4;9;70;1;70 | q1;1;5;16;70;2;-1",
        "q1;1;5;9;70;2;70 | q1;1;6;16;70;3;-1",
        "q1;1;5;9;70;2;71 | q1;1;6;16;71;1;-1",
        // a convicted record stays convicted while the next one is suspected
        "q1;1;6;9;70;3;71 | q1;1;7;16;71;1;-1;70",
        "q1;1;7;9;71;3;75;70 | q1;1;8;16;75;1;-1;70,71",
      })
  void assigned_countsDeaths(String left, String next) {
    assertThat(CrashMark.parse(left).assigned(16).text()).isEqualTo(next);
  }

  @Test
  void attempts_leadFromPlainToWholeBucketsToSingleRecords() {
    CrashMark plain = NONE.assigned(16);
    CrashMark first = plain.assigned(16);
    CrashMark second = first.assigned(16);

    assertThat(plain).isEqualTo(WORKING);
    assertThat(List.of(plain.isCareful(), first.isCareful(), second.isCareful()))
        .containsExactly(false, true, true);
    assertThat(List.of(plain.singly(), first.singly(), second.singly()))
        .containsExactly(false, false, true);
  }

  @ParameterizedTest(name = "{0} handed over is {1}")
  @CsvSource({
    "q1;1;1;0;-1;0;-1, q1;0;0;0;-1;0;-1",
    "q1;1;2;5;-1;0;-1, q1;0;2;5;-1;0;-1",
    "q1;1;4;5;70;2;70, q1;0;4;5;70;2;-1",
    "q1;1;7;5;71;1;71;70, q1;0;7;5;71;1;-1;70",
  })
  void handedOver_countsNothingButKeepsWhatIsLeft(String mark, String next) {
    assertThat(CrashMark.parse(mark).handedOver().text()).isEqualTo(next);
  }

  @ParameterizedTest(name = "{0} after offset {1} of {3} is {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        "q1;1;2;16;-1;0;-1|    9| 10| 100| q1;1;2;6;-1;0;-1",
        "q1;1;2;16;-1;0;-1|   15| 16| 100| q1;1;1;0;-1;0;-1",
        "q1;1;2;16;-1;0;-1|   99|  3| 100| q1;1;1;0;-1;0;-1",
        "q1;1;2;16;-1;0;-1|   98|  3| 100| q1;1;2;13;-1;0;-1",
        "q1;1;4;16;70;2;69|   69|  1| 100| q1;1;4;15;70;2;-1",
        "q1;1;4;16;70;2;70|   70|  2| 100| q1;1;4;14;-1;0;-1",
        "q1;1;9;16;75;3;74;70,72| 71| 2| 100| q1;1;9;14;75;3;-1;72",
        "q1;1;1;0;-1;0;-1|    40|  3| 100| q1;1;1;0;-1;0;-1",
      })
  void after_forgetsWhatIsPassed(String mark, long last, int records, long end, String next) {
    assertThat(CrashMark.parse(mark).after(last, records, end).text()).isEqualTo(next);
  }

  @Test
  void convicts_takesThreeDeathsWithTheSameRecord() {
    assertThat(CrashMark.parse("q1;1;6;9;70;3;-1").convicts(70)).isTrue();
    assertThat(CrashMark.parse("q1;1;6;9;70;2;-1").convicts(70)).isFalse();
    assertThat(CrashMark.parse("q1;1;6;9;70;3;-1").convicts(71)).isFalse();
    assertThat(CrashMark.parse("q1;1;6;9;71;1;-1;70").convicts(70)).isTrue();
    assertThat(WORKING.convicts(NOTHING)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "leader-7",
        "q2;1;1;0;-1;0;-1",
        "q1;1;1;0;-1;0",
        "q1;2;1;0;-1;0;-1",
        "q1;1;-1;0;-1;0;-1",
        "q1;1;1;99999999999;-1;0;-1",
        "q1;1;1;0;-2;0;-1",
        "q1;1;1;0;-1;0;-1;",
        "q1;1;1;0;-1;0;-1;7,",
        "q1;1;1;0;-1;0;x"
      })
  void parse_takesUnknownTextForNone(String text) {
    assertThat(CrashMark.parse(text)).isEqualTo(NONE);
    assertThat(CrashMark.parse(null)).isEqualTo(NONE);
  }

  @Test
  void parse_readsEveryTextBack() {
    for (int seed = 0; seed < RUNS; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      CrashMark mark =
          new CrashMark(
              random.nextBoolean(),
              random.nextInt(1000),
              random.nextInt(1000),
              random.nextLong(-1, 1L << 50),
              random.nextInt(9),
              random.nextLong(-1, 1L << 50),
              random.longs(random.nextInt(3), 0, 1L << 50).boxed().toList());

      assertThat(CrashMark.parse(mark.text())).as("seed %d", seed).isEqualTo(mark);
    }
  }

  @Test
  void killsFromOutside_neverConvictWhomTheyHitLessThanThreeTimes() {
    for (int seed = 0; seed < RUNS; seed++) {
      CrashMarkWorld world = new CrashMarkWorld(new SplittableRandom(seed), Set.of(), 0.05);

      world.run();

      assertThat(world.convicted()).as("seed %d", seed).isEmpty();
      assertThat(world.done()).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void killers_areConvictedAfterThreeDeathsEach_andNobodyElse() {
    for (int seed = 0; seed < RUNS; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Set<Long> killers = CrashMarkWorld.randomOffsets(random);
      CrashMarkWorld world = new CrashMarkWorld(random, killers, 0);

      world.run();

      assertThat(world.convicted()).as("seed %d", seed).isEqualTo(killers);
      assertThat(world.done()).as("seed %d", seed).isTrue();
      assertThat(world.mostDeathsSingly()).as("seed %d", seed).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void killersAmongKillsFromOutside_areConvicted_andNobodyElse() {
    for (int seed = 0; seed < RUNS; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Set<Long> killers = CrashMarkWorld.randomOffsets(random);
      CrashMarkWorld world = new CrashMarkWorld(random, killers, 0.02);

      world.run();

      assertThat(world.convicted()).as("seed %d", seed).isEqualTo(killers);
      assertThat(world.done()).as("seed %d", seed).isTrue();
    }
  }
}
