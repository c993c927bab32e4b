package facesort.delivery.ledger;

import facesort.schemas.DeliveryState;
import facesort.service.sql.SqlTransaction;
import facesort.service.sql.Watermarks;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides about pairs that are not on their way: releases those of complete jobs, drops what nobody
 * wants any more. A job is complete when the ledger's reader, by its watermark, has passed {@code
 * match_upto} and everything that stood in the friends' topics when the job was seen matched; so a
 * contact or consent that is only late is never taken for none.
 */
public final class ReleaseStep {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int JOBS = 4;

  private final ConnectionFactory database;
  private final LastRecords friendTopics;
  private final Duration expireAfter;
  private final Jobs jobs = new Jobs();
  private final Pairs pairs;
  private final Watermarks watermarks = new Watermarks(LedgerReader.NAME);

  /**
   * @param friendTopics tells how far the topics of profiles and contacts go
   * @param expireAfter how long a pair may wait for its release
   */
  public ReleaseStep(
      ConnectionFactory database, Clock clock, LastRecords friendTopics, Duration expireAfter) {
    this.database = database;
    this.friendTopics = friendTopics;
    this.expireAfter = expireAfter;
    this.pairs = new Pairs(clock);
  }

  /** Decides about planned pairs; gives the number of pairs it moved. */
  public Mono<Long> releasePlanned() {
    return askFriends()
        .then(in(connection -> jobs.complete(connection, LedgerReader.NAME)))
        .then(decide(DeliveryState.PLANNED));
  }

  /** Looks again at pairs that were decided before: the world may have changed. */
  public Mono<Long> reviewOthers() {
    return decide(DeliveryState.HELD, DeliveryState.RELEASED)
        .zipWith(in(connection -> pairs.expire(connection, expireAfter)), Long::sum);
  }

  private Mono<Void> askFriends() {
    return in(connection -> jobs.withoutFriendBarrier(connection).collectList())
        .filter(found -> !found.isEmpty())
        .flatMap(found ->
            positions().flatMap(friendTopics::after).flatMap(upto -> remember(found, upto)));
  }

  private Mono<Map<TopicPartition, Long>> positions() {
    return in(watermarks::load);
  }

  private Mono<Void> remember(List<String> jobIds, Map<TopicPartition, Long> upto) {
    return in(connection ->
        Flux.fromIterable(jobIds)
            .concatMap(jobId -> jobs.friendBarrier(connection, jobId, upto))
            .then());
  }

  private Mono<Long> decide(DeliveryState... states) {
    return in(connection -> pairs.alike(connection, List.of(states)).collectList())
        .flatMapIterable(found -> decisions(found).values())
        .flatMap(decisions -> in(connection -> carryOut(connection, decisions)), JOBS)
        .reduce(0L, Long::sum);
  }

  private static Map<String, List<Decision>> decisions(List<Pairs.Alike> found) {
    return found.stream()
        .map(alike -> new Decision(alike, Release.of(alike.question())))
        .filter(decision -> !(decision.release() instanceof Release.Wait))
        .collect(Collectors.groupingBy(decision -> decision.alike().jobId()));
  }

  /** All of a job at once: a sender that looks in between would cut an album in two. */
  private Mono<Long> carryOut(Connection connection, List<Decision> decisions) {
    return Flux.fromIterable(decisions)
        .concatMap(decision -> pairs.decide(connection, decision.alike(), decision.release()))
        .reduce(0L, Long::sum);
  }

  private record Decision(Pairs.Alike alike, Release release) {}

  private <T> Mono<T> in(java.util.function.Function<Connection, Mono<T>> work) {
    return SqlTransaction.in(database, work).singleOrEmpty().timeout(LIMIT);
  }
}
