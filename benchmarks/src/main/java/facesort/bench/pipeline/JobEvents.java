package facesort.bench.pipeline;

import facesort.bench.drive.WrongOutput;
import facesort.bench.pipeline.SystemLeg.Delivery;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.worker.kit.TopicLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topics say about a finished job.
 *
 * @param seen what match.result says, photo by photo
 * @param deliveries each pair that delivery.done calls sent, as often as it does
 * @param lastMillis time of each topic's last record of the job, since 1970
 */
record JobEvents(List<Seen> seen, List<Delivery> deliveries, Map<String, Long> lastMillis) {

  /** Reads all of it; throws {@link WrongOutput} when it does not fit together. */
  static JobEvents read(ServiceSettings settings, String jobId, int photos) {
    Reading reading = new Reading(settings, jobId);
    reading.of(Topics.FACES_DETECTED);
    List<MatchResult> results = reading.of(Topics.MATCH_RESULT);
    List<DeliveryDone> done = reading.of(Topics.DELIVERY_DONE);
    reading.of(Topics.CLEANUP);
    Map<Integer, Seen> seen = new TreeMap<>();
    Map<String, Integer> positions = new HashMap<>();
    for (MatchResult result : results) {
      positions.put(result.getPhotoId(), result.getPosition());
      if (seen.put(result.getPosition(), seen(result)) != null) {
        throw new WrongOutput("two match.result of photo " + result.getPosition());
      }
    }
    if (seen.size() != photos) {
      throw new WrongOutput("%d of %d photos were matched".formatted(seen.size(), photos));
    }
    List<Delivery> deliveries = new ArrayList<>();
    for (DeliveryDone pair : done) {
      Integer position = positions.get(pair.getPhotoId());
      if (position == null) {
        throw new WrongOutput("a delivery of a photo that was not matched");
      }
      if (pair.getState() != DeliveryState.SENT) {
        throw new WrongOutput(
            "photo %d was not delivered: %s %s"
                .formatted(position, pair.getState(), pair.getCode()));
      }
      deliveries.add(new Delivery(position, pair.getFriendId()));
    }
    return new JobEvents(List.copyOf(seen.values()), deliveries, reading.lastMillis);
  }

  private static Seen seen(MatchResult result) {
    SortedSet<String> friends = new TreeSet<>();
    for (MatchedFace face : result.getFaces()) {
      if (face.getDecision() == MatchDecision.MATCHED) {
        friends.add(Objects.requireNonNull(face.getFriendId()));
      }
    }
    return new Seen(result.getFaces().size(), friends);
  }

  /** Reads topics to their ends. */
  private static final class Reading {
    private final KafkaClients clients;
    private final Events events;
    private final String jobId;
    private final Map<String, Long> lastMillis = new TreeMap<>();

    Reading(ServiceSettings settings, String jobId) {
      ServiceConfiguration configuration = new ServiceConfiguration();
      this.clients = configuration.kafkaClients(settings);
      this.events = new Events(configuration.codec(settings));
      this.jobId = jobId;
    }

    <V extends SpecificRecord> List<V> of(Topic<V> topic) {
      List<V> found = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : TopicLog.committed(clients, topic.name())) {
        V event = events.read(topic, record);
        if (jobId.equals(event.get(event.getSchema().getField("job_id").pos()))) {
          found.add(event);
          lastMillis.merge(topic.name(), record.timestamp(), Math::max);
        }
      }
      return found;
    }
  }
}
