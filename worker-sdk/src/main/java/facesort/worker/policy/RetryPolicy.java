package facesort.worker.policy;

import facesort.schemas.FailureCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to a task that failed, by the failure's code. Rejections are final at once; what may
 * pass is tried three times within five seconds. Immutable.
 */
public final class RetryPolicy {

  /** What follows the last attempt. */
  public enum Then {
    /** The record is set aside; its neighbours go on. */
    DEAD_LETTER,
    /** The batch is rolled back and tried again later, without end. */
    WAIT
  }

  /**
   * What happens to a failure.
   *
   * @param attempts how often a task is tried in all, 1 to 10
   * @param then what follows the last attempt
   */
  public record Rule(@DefaultValue("3") int attempts, @DefaultValue("DEAD_LETTER") Then then) {

    private String text() {
      String after =
          switch (then) {
            case DEAD_LETTER -> "dead letter";
            case WAIT -> "wait";
          };
      return "%d %s, then %s".formatted(attempts, attempts == 1 ? "attempt" : "attempts", after);
    }
  }

  private static final Rule NEVER_AGAIN = new Rule(1, Then.DEAD_LETTER);
  private static final Rule MAY_PASS = new Rule(3, Then.DEAD_LETTER);
  private static final int MOST_ATTEMPTS = 10;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LATER_PAUSE = Duration.ofSeconds(2);

  private final Map<FailureCode, Rule> overrides;

  private RetryPolicy(Map<FailureCode, Rule> overrides) {
    this.overrides = overrides;
  }

  /** The policy of a stage that configures nothing. */
  public static RetryPolicy defaults() {
    return new RetryPolicy(Map.of());
  }

  /**
   * This policy with other rules for these codes.
   *
   * @throws IllegalArgumentException naming the setting, if it asks for less than 1 or more than 10
   *     attempts
   */
  public RetryPolicy with(Map<FailureCode, Rule> others) {
    others.forEach((code, rule) -> {
      if (rule.attempts() < 1 || rule.attempts() > MOST_ATTEMPTS) {
        throw new IllegalArgumentException(
            "facesort.worker.policy.%s.attempts is %d, it must be 1 to %d"
                .formatted(code, rule.attempts(), MOST_ATTEMPTS));
      }
    });
    Map<FailureCode, Rule> all = new EnumMap<>(FailureCode.class);
    all.putAll(overrides);
    all.putAll(others);
    return new RetryPolicy(all);
  }

  /** What happens to a failure of this code. */
  public Rule rule(FailureCode code) {
    return Objects.requireNonNullElseGet(overrides.get(code), () -> usual(code));
  }

  /**
   * The pause after a failed attempt: a second after the first, two after each later one, 20 % more
   * or less. The pauses between three attempts take at most 3.6 seconds.
   *
   * @param attempt the one that failed, from 1
   */
  public Duration pause(int attempt, RandomGenerator random) {
    return Backoff.jittered(attempt == 1 ? FIRST_PAUSE : LATER_PAUSE, random);
  }

  /** True when a dead letter of this code may succeed if it is sent again, without a new file. */
  public boolean isRetryable(FailureCode code) {
    return !rule(code).equals(NEVER_AGAIN) || !usual(code).equals(NEVER_AGAIN);
  }

  /** The rules that say more than "never again", and those that were configured, by code. */
  public Map<String, String> table() {
    Map<String, String> table = new TreeMap<>();
    for (FailureCode code : FailureCode.values()) {
      if (overrides.containsKey(code) || !rule(code).equals(NEVER_AGAIN)) {
        table.put(code.name(), rule(code).text());
      }
    }
    return table;
  }

  private static Rule usual(FailureCode code) {
    return switch (code) {
      // A store may refuse for a while because its rights are being changed.
      case STORAGE_ERROR, SOURCE_FORBIDDEN, MODEL_ERROR, INTERNAL, DISK_FULL -> MAY_PASS;
      case UNKNOWN,
          DUPLICATE,
          EMPTY_FILE,
          UNSUPPORTED_TYPE,
          UNSUPPORTED_HEIC,
          CORRUPT_IMAGE,
          TRUNCATED_IMAGE,
          TOO_MANY_BYTES,
          TOO_MANY_PIXELS,
          BAD_ASPECT,
          TOO_MANY_SCANS,
          SOURCE_MISSING,
          SOURCE_CHANGED,
          SOURCE_DELETED,
          NO_FACE,
          MULTIPLE_FACES,
          FACE_TOO_SMALL,
          TOO_MANY_FACES,
          LOW_QUALITY,
          OUTLIER,
          NOTHING_SELECTED,
          JOB_ENDED,
          INVALID_OUTPUT,
          NATIVE_CRASH,
          DEADLINE,
          NO_CONSENT,
          NO_REFERENCE,
          ERASED,
          NO_CONTACT,
          UNKNOWN_FRIEND,
          UNDECODABLE,
          INVALID_EVENT,
          OWNER_MISMATCH,
          JOB_CLOSED,
          JOB_UNKNOWN,
          CANCELLED,
          EXPIRED,
          CHANNEL_REFUSED,
          CHANNEL_BLOCKED,
          CHANNEL_ERROR,
          TOO_BIG ->
          NEVER_AGAIN;
    };
  }
}
