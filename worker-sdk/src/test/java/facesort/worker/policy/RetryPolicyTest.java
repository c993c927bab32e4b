package facesort.worker.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.schemas.FailureCode;
import facesort.worker.policy.RetryPolicy.Rule;
import facesort.worker.policy.RetryPolicy.Then;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final Set<FailureCode> MAY_PASS =
      EnumSet.of(
          FailureCode.STORAGE_ERROR,
          FailureCode.SOURCE_FORBIDDEN,
          FailureCode.MODEL_ERROR,
          FailureCode.INTERNAL,
          FailureCode.DISK_FULL);
  private static final Rule ONCE = new Rule(1, Then.DEAD_LETTER);
  private static final Rule THREE_TIMES = new Rule(3, Then.DEAD_LETTER);

  private final RetryPolicy policy = RetryPolicy.defaults();

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void rule_triesAgainOnlyWhatMayPass(FailureCode code) {
    assertThat(policy.rule(code)).isEqualTo(MAY_PASS.contains(code) ? THREE_TIMES : ONCE);
    assertThat(policy.isRetryable(code)).isEqualTo(MAY_PASS.contains(code));
  }

  @Test
  void with_replacesOnlyTheRulesNamed() {
    RetryPolicy other =
        policy
            .with(Map.of(FailureCode.DEADLINE, new Rule(2, Then.DEAD_LETTER)))
            .with(Map.of(FailureCode.STORAGE_ERROR, new Rule(1, Then.WAIT)));

    assertThat(other.rule(FailureCode.DEADLINE)).isEqualTo(new Rule(2, Then.DEAD_LETTER));
    assertThat(other.rule(FailureCode.STORAGE_ERROR)).isEqualTo(new Rule(1, Then.WAIT));
    assertThat(other.rule(FailureCode.INTERNAL)).isEqualTo(THREE_TIMES);
    assertThat(policy.rule(FailureCode.DEADLINE)).isEqualTo(ONCE);
  }

  @Test
  void isRetryable_followsTheRules_butATryLessMakesNoFailureFinal() {
    RetryPolicy other =
        policy.with(Map.of(FailureCode.DEADLINE, THREE_TIMES, FailureCode.INTERNAL, ONCE));

    assertThat(other.isRetryable(FailureCode.DEADLINE)).isTrue();
    assertThat(other.isRetryable(FailureCode.INTERNAL)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 11})
  void with_refusesAttemptsOutOfRange(int attempts) {
    assertThatThrownBy(() ->
            policy.with(Map.of(FailureCode.STORAGE_ERROR, new Rule(attempts, Then.DEAD_LETTER))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "facesort.worker.policy.STORAGE_ERROR.attempts is %d, it must be 1 to 10"
                .formatted(attempts));
  }

  @Test
  void table_namesWhatDiffersAndWhatWasConfigured() {
    RetryPolicy other =
        policy.with(
            Map.of(FailureCode.DEADLINE, ONCE, FailureCode.STORAGE_ERROR, new Rule(5, Then.WAIT)));

    assertThat(policy.table())
        .containsOnlyKeys(MAY_PASS.stream().map(FailureCode::name).toList())
        .containsEntry("INTERNAL", "3 attempts, then dead letter");
    assertThat(other.table())
        .hasSize(6)
        .containsEntry("DEADLINE", "1 attempt, then dead letter")
        .containsEntry("STORAGE_ERROR", "5 attempts, then wait");
  }

  @Test
  void pauses_leaveThreeAttemptsWithinFiveSeconds() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      Duration first = policy.pause(1, random);
      Duration second = policy.pause(2, random);

      assertThat(first).as("seed %d", seed).isBetween(millis(800), millis(1200));
      assertThat(second).as("seed %d", seed).isBetween(millis(1600), millis(2400));
      assertThat(first.plus(second)).as("seed %d", seed).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
