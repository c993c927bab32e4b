package facesort.state.job;

import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Who hands what to whom: all events and dead letters -> strip -> by job -> fold -> statuses,
 * cleanup requests, dead letters. Wiring only.
 */
final class JobTopology {

  /** Partitions of the inner topic by job, as many as the topics that are keyed by job. */
  static final int JOB_PARTITIONS = 4;

  /** How the name of that topic ends. */
  static final String BY_JOB_TOPIC = "-by-job-repartition";

  private static final List<Topic<?>> SOURCES =
      List.of(
          Topics.TASK_QUEUED,
          Topics.TASK_QUEUED_INTERACTIVE,
          Topics.FACES_DETECTED,
          Topics.MATCH_RESULT,
          Topics.DELIVERY_DONE,
          Topics.CLEANUP,
          Topics.JOB_CONTROL);

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private JobTopology() {}

  /** Names of everything that is read. */
  static List<String> sources() {
    var names = new ArrayList<>(SOURCES.stream().map(Topic::name).toList());
    SOURCES.stream().map(Topic::deadLetters).forEach(names::add);
    return names;
  }

  static Topology build(Events events, DeadLetters deadLetters, Retention retention) {
    var builder = new StreamsBuilder();
    JobStores.builders().forEach(builder::addStateStore);
    var stripped =
        builder.stream(sources(), Consumed.with(BYTES, BYTES).withName("events"))
            .process(
                () -> new StripProcessor(new EventStripper(events), deadLetters),
                Named.as("strip"));
    var folded =
        stripped
            .filter((job, emitted) -> emitted instanceof JobEvent, Named.as("job-events"))
            .mapValues(JobEvent.class::cast, Named.as("as-job-event"))
            .repartition(
                Repartitioned.with(BYTES, SmileSerde.of(JobEvent.class))
                    .withName("by-job")
                    .withNumberOfPartitions(JOB_PARTITIONS))
            .process(
                () -> new FoldProcessor(events, deadLetters, retention),
                Named.as("fold"),
                JobStores.names());
    write(stripped, "rejected");
    write(folded, "folded");
    return builder.build();
  }

  private static void write(KStream<byte[], Emitted> emitted, String name) {
    emitted
        .filter((key, record) -> record instanceof Outgoing, Named.as(name))
        .mapValues(Outgoing.class::cast, Named.as(name + "-records"))
        .to(
            (key, record, context) -> record.topic(),
            Produced.with(BYTES, outgoing())
                .withStreamPartitioner(partitioner())
                .withName(name + "-out"));
  }

  /** The bytes are finished already; nobody reads them back. */
  private static Serde<Outgoing> outgoing() {
    Serializer<Outgoing> bytes =
        (topic, record) -> record.value() == null ? null : record.value().get();
    return Serdes.serdeFrom(
        bytes,
        (topic, value) -> {
          throw new UnsupportedOperationException("written only");
        });
  }

  private static StreamPartitioner<byte[], Outgoing> partitioner() {
    return (topic, key, record, count) -> Optional.ofNullable(record.partition()).map(Set::of);
  }
}
