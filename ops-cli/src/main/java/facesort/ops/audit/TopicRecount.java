package facesort.ops.audit;

import facesort.ops.api.Audit;
import facesort.ops.audit.Evidence.Place;
import facesort.schemas.AvroCodec;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.schemas.UndecodableException;
import facesort.service.DeadLetters;
import facesort.service.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads the topics for a {@link Recount}. */
final class TopicRecount {
  private static final int BROKER_AWAY_MILLIS = 10_000;

  private final KafkaClients clients;
  private final AvroCodec codec;

  TopicRecount(KafkaClients clients, AvroCodec codec) {
    this.clients = clients;
    this.codec = codec;
  }

  /** Counts the photos of one job, or of all. */
  Audit audit(Replacements replacements, Optional<String> jobId) {
    Map<String, Object> settings = clients.reader();
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, BROKER_AWAY_MILLIS);
    try (var consumer = KafkaClients.newConsumer(settings)) {
      // The ends of the statuses are taken first: what they say is then in the other topics, too.
      Map<String, TopicScan> scans = new LinkedHashMap<>();
      topics().forEach(topic -> scans.put(topic, new TopicScan(replacements.of(topic), consumer)));
      return count(scans, new Recount(jobId), replacements);
    }
  }

  private static List<String> topics() {
    List<String> topics = new ArrayList<>();
    topics.add(Topics.JOB_STATUS.name());
    topics.add(Topics.TASK_QUEUED.name());
    topics.add(Topics.TASK_QUEUED_INTERACTIVE.name());
    topics.add(Topics.MATCH_RESULT.name());
    topics.addAll(Evidence.DEAD_LETTERS);
    topics.add(Topics.DELIVERY_DONE.name());
    return topics;
  }

  private Audit count(Map<String, TopicScan> scans, Recount recount, Replacements replacements) {
    Kept kept = new Kept();
    scans.forEach((topic, scan) -> {
      // An offset in a copy is another one: what is there comes before every end of a run.
      boolean copied = replacements.replaces(topic);
      scan.read(record ->
          take(
              new Place(topic, record.partition(), copied ? -1 : record.offset()),
              record,
              recount));
      kept.put(topic, scan.kept());
    });
    return recount.audit(kept, replacements);
  }

  private void take(Place place, ConsumerRecord<byte[], byte[]> record, Recount recount) {
    String topic = place.topic();
    if (Evidence.DEAD_LETTERS.contains(topic)) {
      deadLetter(record, place, recount);
    } else if (topic.equals(Topics.JOB_STATUS.name())) {
      status(record, recount);
    } else if (topic.equals(Topics.MATCH_RESULT.name())) {
      read(Topics.MATCH_RESULT, record, match -> recount.match(match, place, record.timestamp()));
    } else if (topic.equals(Topics.DELIVERY_DONE.name())) {
      read(Topics.DELIVERY_DONE, record, recount::delivery);
    } else {
      read(Topics.TASK_QUEUED, record, task -> recount.task(task, place, record.timestamp()));
    }
  }

  private void status(ConsumerRecord<byte[], byte[]> record, Recount recount) {
    if (record.value() == null) {
      recount.status(new String(record.key(), StandardCharsets.UTF_8), null);
    } else {
      read(Topics.JOB_STATUS, record, status -> recount.status(status.getJobId(), status));
    }
  }

  private static void deadLetter(
      ConsumerRecord<byte[], byte[]> record, Place place, Recount recount) {
    @Nullable String run = header(record, DeadLetters.RUN);
    @Nullable String code = header(record, DeadLetters.CODE);
    recount.deadLetter(
        header(record, DeadLetters.JOB),
        header(record, DeadLetters.PHOTO),
        code == null ? "" : code,
        run == null ? 0 : Integer.parseInt(run),
        place);
  }

  private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
    @Nullable Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** A record that nobody can decode belongs to no photo: it has a dead letter of its own. */
  private <V extends SpecificRecord> void read(
      Topic<V> topic, ConsumerRecord<byte[], byte[]> record, Consumer<V> receiver) {
    V value;
    try {
      value = codec.decode(topic, record.value());
    } catch (UndecodableException e) {
      return;
    }
    receiver.accept(value);
  }
}
