package facesort.worker;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.TransactionIdSuffixStrategy;

/**
 * A lane has one producer, always of the same transactional id: a successor ends what its
 * predecessor left open. Spring's own strategy lends the id out, and never gets it back when a
 * producer cannot be made, as while the broker's name is unknown.
 */
final class OneProducer implements TransactionIdSuffixStrategy {
  private static final String SUFFIX = "0";

  @Override
  public String acquireSuffix(@Nullable String prefix) {
    return SUFFIX;
  }

  @Override
  public void releaseSuffix(@Nullable String prefix, @Nullable String suffix) {
    // It was never taken away.
  }
}
