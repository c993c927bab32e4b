package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.ReleasePolicy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Facts that need not make sense together: what follows from them must be legal all the same. */
final class RandomFacts {

  private RandomFacts() {}

  static JobFacts job(Random random) {
    var submission =
        new JobEvent.Submission(
            "n", random.nextInt(4), ReleasePolicy.AUTO, 0, random.nextInt(10), false, false);
    var intake =
        new Intake(
            random.nextBoolean() ? submission : null,
            null,
            random.nextBoolean(),
            random.nextInt(5) == 0 ? FailureCode.INVALID_EVENT : null);
    var tally =
        new Tally(
            counts(PhotoState.class, random),
            counts(DeliveryState.class, random),
            random.nextInt(9),
            random.nextInt(2));
    return JobFacts.open("j", "o", 0)
        .with(intake)
        .with(tally)
        .with(new Cleaning(random.nextInt(2), random.nextInt(2), 0, null, null, -1, -1));
  }

  private static <K extends Enum<K>> Map<K, Integer> counts(Class<K> type, Random random) {
    var counts = new EnumMap<K, Integer>(type);
    for (var state : type.getEnumConstants()) {
      if (random.nextInt(3) == 0) {
        counts.put(state, 1 + random.nextInt(3));
      }
    }
    return counts;
  }
}
