package facesort.worker;

import facesort.service.KafkaClients;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the broker protects transactions against messages that arrive late: from
 * transaction.version 2 on (KIP-890) each transaction has an epoch of its own.
 */
final class TransactionVersion {
  private static final Logger log = LoggerFactory.getLogger(TransactionVersion.class);
  private static final String FEATURE = "transaction.version";
  private static final short LEAST = 2;
  private static final long LIMIT_SECONDS = 10;

  private TransactionVersion() {}

  /**
   * Returns when it is high enough; when no broker answers within ten seconds, it is not known and
   * a warning says so.
   *
   * @throws StageRefused when it is lower
   */
  static void check(KafkaClients clients) {
    try (Admin admin = clients.admin()) {
      FinalizedVersionRange range =
          admin
              .describeFeatures()
              .featureMetadata()
              .get(LIMIT_SECONDS, TimeUnit.SECONDS)
              .finalizedFeatures()
              .get(FEATURE);
      require(range == null ? 0 : range.maxVersionLevel());
    } catch (ExecutionException | TimeoutException e) {
      log.warn("{} is not known: {}", FEATURE, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageRefused("Interrupted while the worker started", e);
    }
  }

  static void require(int version) {
    if (version < LEAST) {
      throw new StageRefused(
          "The broker's %s is %d, it must be %d or more: kafka-features.sh upgrade --feature %s=%d"
              .formatted(FEATURE, version, LEAST, FEATURE, LEAST));
    }
  }
}
