package facesort.worker;

import facesort.service.LostRecords;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Makes consumers that leave their group when they are closed. A static member does not by itself,
 * and the others would wait for its session to end before they take over. They tell of {@link
 * LostRecords}.
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

    private final LostRecords lost;

    LeavingConsumer(Map<String, Object> settings) {
      super(LostRecords.noReset(settings));
      lost = new LostRecords(settings);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      return lost.around(this, () -> super.poll(timeout));
    }

    @Override
    public long position(TopicPartition partition) {
      return lost.around(this, () -> super.position(partition));
    }

    @Override
    public void close() {
      close(
          CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
              .withTimeout(CLOSE));
    }
  }
}
