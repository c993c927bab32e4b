package facesort.service.sql;

import facesort.schemas.FailureCode;
import io.r2dbc.spi.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/** What a service does with the events it reads: writes rows, and nothing else. */
public interface BatchHandler {

  /**
   * Writes rows for the events, in their order, on this connection only: it is inside a transaction
   * that also holds the position, and is rolled back as a whole. Called again with the same events
   * after a failure. Subscribed to by the reader's thread.
   */
  Mono<Void> apply(Connection connection, List<ReadEvent> events);

  /**
   * Refuses an event that no retry can help, which then goes to the dead-letter topic.
   *
   * @throws RefusedEvent when it is refused
   */
  default void check(ReadEvent event) {}

  /** Called after a batch of {@link #apply} was committed, by the reader's thread. */
  default void committed() {}

  /**
   * Told about once a second while the reader keeps up, when everything that was committed to these
   * partitions before that instant has been applied and committed and is still there. The
   * connection is inside a transaction, as in {@link #apply}.
   */
  default Mono<Void> reached(Connection connection, Set<TopicPartition> partitions, Instant asOf) {
    return Mono.empty();
  }

  /** An event that a handler refuses. */
  final class RefusedEvent extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final FailureCode code;

    /** With the code and one line for people. */
    public RefusedEvent(FailureCode code, String message) {
      super(message);
      this.code = code;
    }

    /** Why. */
    public FailureCode code() {
      return code;
    }
  }
}
