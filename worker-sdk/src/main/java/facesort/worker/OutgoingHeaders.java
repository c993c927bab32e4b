package facesort.worker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

/** Adds to an outgoing record what continues the trace of the record it follows from. */
@FunctionalInterface
interface OutgoingHeaders {
  /** Adds the headers. */
  void add(ConsumerRecord<byte[], byte[]> source, Headers outgoing);
}
