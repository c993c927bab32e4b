package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import facesort.schemas.JobState;
import java.util.EnumSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobMovesTest {

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyMoveThatFactsAskFor_isLegal(JobState from) {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      var job = RandomFacts.job(random).in(from, null, null);

      var move = JobMoves.next(job, random.nextInt(10));

      assertThat(JobMoves.LEGAL.get(from))
          .as("seed %d, %s", seed, job)
          .containsAll(
              move.map(next -> EnumSet.of(next.to())).orElse(EnumSet.noneOf(JobState.class)));
    }
  }

  @ParameterizedTest
  @EnumSource(JobState.class)
  void everyMoveOutsideTheTable_isRefused(JobState from) {
    for (var to : EnumSet.complementOf(legalFrom(from))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> JobMoves.require(from, to))
          .withMessageContaining(from.name())
          .withMessageContaining(to.name());
    }
    assertThatNoException()
        .isThrownBy(() -> legalFrom(from).forEach(to -> JobMoves.require(from, to)));
  }

  private static EnumSet<JobState> legalFrom(JobState from) {
    var legal = EnumSet.noneOf(JobState.class);
    legal.addAll(JobMoves.LEGAL.get(from));
    return legal;
  }

  @Test
  void terminalStates_areLeftByANewRunAlone() {
    var random = new Random(1);
    for (var state : JobState.values()) {
      if (JobMoves.isTerminal(state)) {
        assertThat(JobMoves.LEGAL.get(state)).as(state.name()).containsExactly(JobState.RUNNING);
        assertThat(JobMoves.next(RandomFacts.job(random).in(state, null, null), 9)).isEmpty();
      }
    }
  }

  @Test
  void completed_isReachedFromCleaningOnly() {
    assertThat(JobMoves.LEGAL.entrySet())
        .filteredOn(entry -> entry.getValue().contains(JobState.COMPLETED))
        .extracting(java.util.Map.Entry::getKey)
        .containsExactly(JobState.CLEANING);
  }
}
