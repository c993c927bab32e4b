package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.service.DeadLetter;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What one try of a record came to. */
sealed interface Answer {

  /** An answer that stands: it is kept until it is committed and never computed again. */
  sealed interface Final extends Answer {}

  /** It was done, and these records follow. */
  record Publish(List<ProducerRecord<byte[], byte[]>> records) implements Final {}

  /** It can never be done. */
  record Refuse(DeadLetter why) implements Final {}

  /** There is nothing to do. */
  record Skip(String why) implements Final {}

  /**
   * It was not done this time.
   *
   * @param dependency what failed it, empty when nothing outside did
   * @param alone true when it is not known to be this record's fault: it is tried again by itself
   */
  record Failed(FailureCode code, String why, String dependency, boolean alone) implements Answer {}

  /** It was not answered within the deadline, together with others. */
  record OverTime() implements Answer {}
}
