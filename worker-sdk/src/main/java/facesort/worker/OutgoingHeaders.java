package facesort.worker;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** What outgoing records carry, so that they continue the trace of the record they follow from. */
@FunctionalInterface
interface OutgoingHeaders {
  /** The headers of all that follows from a record whose work began then. */
  Headers of(ConsumerRecord<byte[], byte[]> source, Instant begun);
}
