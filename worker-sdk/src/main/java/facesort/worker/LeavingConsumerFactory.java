package facesort.worker;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Makes consumers that leave their group when they are closed. A static member does not by itself,
 * and the others would wait for its session to end before they take over.
 */
final class LeavingConsumerFactory extends DefaultKafkaConsumerFactory<byte[], byte[]> {
  private static final Duration CLOSE = Duration.ofSeconds(5);

  LeavingConsumerFactory(Map<String, Object> settings) {
    super(settings);
  }

  @Override
  protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
    return new LeavingConsumer(settings);
  }

  private final class LeavingConsumer extends ExtendedKafkaConsumer {
    LeavingConsumer(Map<String, Object> settings) {
      super(settings);
    }

    @Override
    public void close() {
      close(
          CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(CLOSE));
    }
  }
}
