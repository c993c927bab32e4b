package facesort.delivery.ledger;

import facesort.service.sql.SqlTransaction;
import facesort.service.sql.Watermarks;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/**
 * Holds sending back after a start until the ledger knows what the topics said then: a consent that
 * was withdrawn or a job that was cancelled while delivery was down must be known before the first
 * claim.
 */
public final class CaughtUp {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ConnectionFactory database;
  private final LastRecords topics;
  private final Watermarks watermarks = new Watermarks(LedgerReader.NAME);

  /** Of the ledger's reader, to the present end of the topics. */
  public CaughtUp(ConnectionFactory database, LastRecords topics) {
    this.database = database;
    this.topics = topics;
  }

  /** Completes when the reader has passed what the topics held at the subscription. */
  public Mono<Void> reached() {
    return positions().flatMap(topics::after).flatMap(this::passed);
  }

  private Mono<Void> passed(Map<TopicPartition, Long> ends) {
    return positions()
        .flatMap(now ->
            ends.entrySet().stream()
                    .allMatch(end -> now.getOrDefault(end.getKey(), 0L) >= end.getValue())
                ? Mono.<Void>empty()
                : Mono.delay(LOOK).then(Mono.defer(() -> passed(ends))));
  }

  private Mono<Map<TopicPartition, Long>> positions() {
    return SqlTransaction.in(database, watermarks::load).singleOrEmpty().timeout(LIMIT);
  }
}
