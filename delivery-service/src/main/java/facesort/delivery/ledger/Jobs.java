package facesort.delivery.ledger;

import facesort.schemas.JobStatus;
import facesort.schemas.PartitionOffset;
import facesort.schemas.Topics;
import facesort.service.sql.Sql;
import io.r2dbc.spi.Connection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs and their barriers as rows. */
final class Jobs {

  /**
   * Takes over where the job stands; a new {@code match_upto} begins a new barrier, and the end of
   * a run removes what was planned from results that came after it.
   */
  Mono<Void> status(Connection connection, JobStatus status) {
    var upto = text(status.getMatchUpto());
    return row(connection, status)
        .then(removeLate(connection, status))
        .then(changeBarrier(connection, status.getJobId(), upto))
        .flatMap(changed ->
            changed == 0
                ? Mono.empty()
                : barrier(connection, status.getJobId(), partitions(status)));
  }

  private static Mono<Long> row(Connection connection, JobStatus status) {
    return Sql.update(
        connection,
        """
        INSERT INTO ledger.job AS j
          (job_id, owner_id, run, state, release, ends, cleanups, given_up)
        VALUES ($1, $2, $3, $4, $5, $6::jsonb,
          CASE WHEN $7 THEN 0 ELSE $8 END, $7 AND $8 > 0)
        ON CONFLICT (job_id) DO UPDATE SET owner_id = excluded.owner_id, run = excluded.run,
          state = excluded.state, release = excluded.release, ends = excluded.ends,
          cleanups = CASE WHEN $7 THEN j.cleanups ELSE $8 END,
          given_up = $7 AND $8 > j.cleanups
        """,
        status.getJobId(),
        status.getOwnerId(),
        status.getRun(),
        status.getState().name(),
        status.getRelease().name(),
        RunEnds.json(status.getEnds()),
        Release.isEnded(status.getState()),
        status.getCleanupRequests());
  }

  /** Of results that were read before the end of their run was: none of them counts. */
  private static Mono<Long> removeLate(Connection connection, JobStatus status) {
    return status.getEnds().isEmpty()
        ? Mono.just(0L)
        : Sql.update(
            connection,
            """
            DELETE FROM ledger.pair p WHERE job_id = $1 AND state IN ('PLANNED', 'HELD')
            AND rematch = 0 AND EXISTS (
              SELECT 1 FROM ledger.job j, jsonb_array_elements(j.ends) e
              WHERE j.job_id = p.job_id AND (e->>'run')::integer >= p.run
              AND COALESCE((e->'upto'->>p.from_partition::text)::bigint, 0) <= p.from_offset)
            """,
            status.getJobId());
  }

  private static Mono<Long> changeBarrier(
      Connection connection, String jobId, @Nullable String upto) {
    return Sql.update(
            connection,
            """
            UPDATE ledger.job SET matched_upto = $2, friends_asked = false, complete = false
            WHERE job_id = $1 AND matched_upto IS DISTINCT FROM $2
            """,
            jobId,
            Sql.nullable(upto, String.class))
        .flatMap(changed ->
            changed == 0
                ? Mono.just(0L)
                : Sql.update(connection, "DELETE FROM ledger.barrier WHERE job_id = $1", jobId)
                    .thenReturn(changed));
  }

  private static Map<TopicPartition, Long> partitions(JobStatus status) {
    var upto = status.getMatchUpto() == null ? List.<PartitionOffset>of() : status.getMatchUpto();
    return upto.stream()
        .collect(
            Collectors.toMap(
                at -> new TopicPartition(Topics.MATCH_RESULT.name(), at.getPartition()),
                PartitionOffset::getOffset,
                Math::max));
  }

  private static @Nullable String text(@Nullable List<PartitionOffset> upto) {
    return upto == null
        ? null
        : upto.stream()
            .sorted(Comparator.comparingInt(PartitionOffset::getPartition))
            .map(at -> at.getPartition() + ":" + at.getOffset())
            .collect(Collectors.joining(","));
  }

  private static Mono<Void> barrier(
      Connection connection, String jobId, Map<TopicPartition, Long> upto) {
    return Flux.fromIterable(upto.entrySet())
        .concatMap(entry ->
            Sql.update(
                connection,
                """
                INSERT INTO ledger.barrier (job_id, topic, kafka_partition, upto)
                VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
                """,
                jobId,
                entry.getKey().topic(),
                entry.getKey().partition(),
                entry.getValue()))
        .then();
  }

  /** Matched jobs for which it is not known yet how far the friends' topics must be read. */
  Flux<String> withoutFriendBarrier(Connection connection) {
    return Sql.select(
        connection,
        row -> Sql.get(row, "job_id", String.class),
        """
        SELECT job_id FROM ledger.job
        WHERE matched_upto IS NOT NULL AND NOT complete AND NOT friends_asked
        """);
  }

  /**
   * The friends' topics must be read that far too.
   *
   * @param upto the offset after the last record of each partition, asked after the job was matched
   */
  Mono<Void> friendBarrier(Connection connection, String jobId, Map<TopicPartition, Long> upto) {
    return barrier(connection, jobId, upto)
        .then(
            Sql.update(
                connection, "UPDATE ledger.job SET friends_asked = true WHERE job_id = $1", jobId))
        .then();
  }

  /** Marks the jobs whose barriers this reader has passed. */
  Mono<Long> complete(Connection connection, String reader) {
    return Sql.update(
        connection,
        """
        UPDATE ledger.job j SET complete = true
        WHERE matched_upto IS NOT NULL AND NOT complete AND friends_asked
        AND NOT EXISTS (
          SELECT 1 FROM ledger.barrier b
          LEFT JOIN watermark w ON w.reader = $1 AND w.topic = b.topic
            AND w.kafka_partition = b.kafka_partition
          WHERE b.job_id = j.job_id AND COALESCE(w.next_offset, 0) < b.upto)
        """,
        reader);
  }
}
