package facesort.ingest.friend;

import facesort.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/** Where friend.profile ends: a job's match waits for the friends that were known before it. */
public final class ProfileOffsets {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Admin admin;

  /** Over a client that the caller closes. */
  public ProfileOffsets(Admin admin) {
    this.admin = admin;
  }

  /**
   * Next offset by partition. Open transactions count, so that a profile whose commit has only just
   * been answered is never missed.
   */
  public Mono<Map<Integer, Long>> now() {
    return Mono.fromCompletionStage(this::ends).timeout(LIMIT).map(ProfileOffsets::byPartition);
  }

  private CompletionStage<Map<TopicPartition, ListOffsetsResultInfo>> ends() {
    var topic = Topics.FRIEND_PROFILE;
    var partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
    return admin.listOffsets(partitions).all().toCompletionStage();
  }

  private static Map<Integer, Long> byPartition(Map<TopicPartition, ListOffsetsResultInfo> ends) {
    var offsets = new TreeMap<Integer, Long>();
    ends.forEach((partition, end) -> offsets.put(partition.partition(), end.offset()));
    return offsets;
  }
}
