package facesort.state.job;

import facesort.service.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first processor of the topology: every record leaves it as a stripped event keyed by job, or
 * as a dead letter, or says nothing about a job. Called by a stream thread.
 */
final class StripProcessor implements Processor<byte[], byte[], byte[], Emitted> {

  private static final Logger log = LoggerFactory.getLogger(StripProcessor.class);

  private final EventStripper stripper;
  private final DeadLetters deadLetters;
  private ProcessorContext<byte[], Emitted> context;

  @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
  StripProcessor(EventStripper stripper, DeadLetters deadLetters) {
    this.stripper = stripper;
    this.deadLetters = deadLetters;
  }

  @Override
  public void init(ProcessorContext<byte[], Emitted> started) {
    this.context = started;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    var source = consumed(record);
    switch (stripper.strip(source)) {
      case EventStripper.Stripped.Taken taken -> {
        forward(taken.event(), record.timestamp());
        if (taken.event() instanceof JobEvent.Commanded) {
          // Somebody waits for the answer: the fold sees it when this transaction ends.
          context.commit();
        }
      }
      case EventStripper.Stripped.Ignored ignored ->
          log.debug("{}@{}: {}", source.topic(), source.offset(), ignored.why());
      case EventStripper.Stripped.Rejected rejected -> {
        log.warn(
            "{}-{}@{} goes to the dead letters: {} {}",
            source.topic(),
            source.partition(),
            source.offset(),
            rejected.why().code(),
            rejected.why().message());
        var dead = deadLetters.of(source, rejected.why());
        context.forward(
            new Record<byte[], Emitted>(
                dead.key(),
                new Outgoing(dead.topic(), dead.partition(), Bytes.wrap(dead.value())),
                record.timestamp(),
                dead.headers()));
      }
    }
  }

  /** Only what the event holds goes on: headers of producers stay behind. */
  private void forward(JobEvent event, long timestamp) {
    var key = event.head().jobId().getBytes(StandardCharsets.UTF_8);
    context.forward(new Record<byte[], Emitted>(key, event, timestamp, new RecordHeaders()));
  }

  private ConsumerRecord<byte[], byte[]> consumed(Record<byte[], byte[]> record) {
    var from = context.recordMetadata().orElseThrow();
    return new ConsumerRecord<>(
        from.topic(),
        from.partition(),
        from.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        record.key(),
        record.value(),
        record.headers(),
        Optional.empty());
  }
}
