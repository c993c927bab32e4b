package facesort.state.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One poison record does not stop its partition: it becomes a dead letter in the transaction in
 * hand, and its neighbours go on. Trouble that is not the record's fault ends the thread, which is
 * replaced and tries again. Made by Kafka Streams, by name.
 */
public final class OwnTroubleHandler
    implements ProcessingExceptionHandler, DeserializationExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(OwnTroubleHandler.class);

  @Override
  public void configure(Map<String, ?> settings) {
    // Everything it needs is known.
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception error) {
    var letter = OwnTrouble.isOutside(error) ? null : letter(context, record, error);
    if (letter == null) {
      return ProcessingExceptionHandler.Response.fail();
    }
    log.error(
        "{}-{}@{} could not be processed and goes to {}",
        context.topic(),
        context.partition(),
        context.offset(),
        letter.topic(),
        error);
    return ProcessingExceptionHandler.Response.resume(List.of(letter));
  }

  /** Null when it is neither a record that was read nor a stripped event. */
  private static @Nullable ProducerRecord<byte[], byte[]> letter(
      ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception error) {
    if (record == null) {
      return null;
    }
    if (record.value() instanceof JobEvent event) {
      return OwnTrouble.of(event, error);
    }
    return record.value() instanceof byte[] value
        ? OwnTrouble.of(source(context, record, value), error)
        : null;
  }

  private static ConsumerRecord<byte[], byte[]> source(
      ErrorHandlerContext context, Record<?, ?> record, byte[] value) {
    return new ConsumerRecord<>(
        context.topic(),
        context.partition(),
        context.offset(),
        record.timestamp(),
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        record.key() instanceof byte[] key ? key : new byte[0],
        value,
        record.headers(),
        Optional.empty());
  }

  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
    var letter = OwnTrouble.undecodable(record, error);
    log.error(
        "{}-{}@{} is no event and goes to {}",
        record.topic(),
        record.partition(),
        record.offset(),
        letter.topic(),
        error);
    return DeserializationExceptionHandler.Response.resume(List.of(letter));
  }
}
