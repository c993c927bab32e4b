package facesort.state.ops;

import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.state.query.QueryDatabase;
import facesort.state.query.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * What each stage still has to do, counted from what was done and not from offsets: transaction
 * markers, records of cancelled runs, repeats and tasks that ingest settled are no work.
 *
 * <ul>
 *   <li>detect: photos in state QUEUED, in the partition of their task.
 *   <li>match: photos in state DETECTED, in the partition of their faces.detected.
 *   <li>delivery: accepted pairs that are not closed, of jobs that are MATCHED or DELIVERING and
 *       may go out, in the partition of their match.result. What waits for the owner is no work.
 *   <li>cleanup: requests without an answer, in their partition.
 * </ul>
 *
 * Poisoned are dead letters of a stage's topic whose photo was neither queued again nor matched
 * since, apart from those of records that never were part of a job.
 */
public final class ScalingQuery {

  private static final Map<String, List<Topic<?>>> STAGES = stages();

  private static final String REMAINING =
      """
      SELECT topic, part, count(*) AS remaining,
        greatest(0, extract(epoch FROM now() - min(since)))::float8 AS oldest
      FROM (
        SELECT task_topic AS topic, task_partition AS part, queued_at AS since
        FROM readmodel.photo_state WHERE state = 'QUEUED'
          AND job_id IN (SELECT job_id FROM readmodel.job WHERE in_flight > 0)
        UNION ALL
        SELECT 'faces.detected', p.detected_partition, p.detected_at FROM readmodel.photo_state p
        WHERE p.state = 'DETECTED'
          AND p.job_id IN (SELECT job_id FROM readmodel.job WHERE in_flight > 0)
        UNION ALL
        SELECT 'match.result', p.match_partition, p.matched_at
        FROM readmodel.job
        JOIN readmodel.pair USING (job_id, owner_id)
        JOIN readmodel.photo_state p USING (job_id, owner_id, photo_id, match_run, rematch)
        WHERE job.state IN ('MATCHED', 'DELIVERING') AND p.state = 'MATCHED'
          AND pair.state IS NULL AND pair.decision = 'MATCHED'
          AND (job.release IN ('AUTO', 'DRY_RUN')
            OR job.commands @> '[{"command": "RELEASE", "answer": "ACCEPTED"}]')
          AND NOT EXISTS (SELECT 1 FROM readmodel.job_failure f
            WHERE f.job_id = p.job_id AND f.photo_id = p.photo_id AND f.source = 'match.result'
              AND f.run >= p.run)
        UNION ALL
        SELECT 'cleanup', h.kafka_partition, h.at
        FROM readmodel.job CROSS JOIN LATERAL (
          SELECT kafka_partition, max(at) AS at, count(DISTINCT event_id) AS seen
          FROM readmodel.history h
          WHERE h.job_id = job.job_id AND h.topic = 'cleanup' GROUP BY kafka_partition
        ) h
        WHERE job.cleanup_requests > 0 AND h.seen < 2 * job.cleanup_requests
      ) AS work
      GROUP BY topic, part
      """;

  private static final String POISONED =
      """
      SELECT f.source AS topic, f.kafka_partition AS part, count(*) AS poisoned
      FROM readmodel.failure f
      LEFT JOIN readmodel.photo p ON p.job_id = f.job_id AND p.photo_id = f.photo_id
        AND (f.owner_id IS NULL OR f.owner_id = p.owner_id)
      WHERE f.code NOT IN ('JOB_CLOSED', 'OWNER_MISMATCH')
        AND f.source IN
          ('task.queued', 'task.queued.interactive', 'faces.detected', 'match.result', 'cleanup')
        AND NOT coalesce(p.run > f.run, false)
        AND NOT coalesce(f.source <> 'match.result' AND p.match_run >= f.run
          AND p.matched_at > f.seen_at, false)
      GROUP BY f.source, f.kafka_partition
      """;

  private final QueryDatabase database;

  /** Over the read model. */
  public ScalingQuery(QueryDatabase database) {
    this.database = database;
  }

  private record Place(String topic, int partition) {}

  private record Remaining(Place place, long count, double oldestSeconds) {}

  private record Poisoned(Place place, long count) {}

  /** All stages with all partitions. */
  public Mono<ScalingView> scaling() {
    return database.read(snapshot ->
        snapshot
            .list(REMAINING, ScalingQuery::remaining)
            .zipWhen(
                remaining -> snapshot.list(POISONED, ScalingQuery::poisoned), ScalingQuery::view));
  }

  private static ScalingView view(List<Remaining> remaining, List<Poisoned> poisoned) {
    var stages = new ArrayList<ScalingView.Stage>();
    STAGES.forEach((stage, topics) -> {
      var partitions = new ArrayList<ScalingView.Partition>();
      for (var topic : topics) {
        for (int i = 0; i < topic.partitions(); i++) {
          partitions.add(partition(new Place(topic.name(), i), remaining, poisoned));
        }
      }
      stages.add(
          new ScalingView.Stage(
              stage,
              partitions.stream().mapToLong(ScalingView.Partition::remaining).sum(),
              partitions.stream().mapToLong(ScalingView.Partition::poisoned).sum(),
              partitions));
    });
    return new ScalingView(stages);
  }

  private static ScalingView.Partition partition(
      Place place, List<Remaining> remaining, List<Poisoned> poisoned) {
    var work = remaining.stream().filter(some -> some.place().equals(place)).findFirst();
    var dead = poisoned.stream().filter(some -> some.place().equals(place)).findFirst();
    return new ScalingView.Partition(
        place.topic(),
        place.partition(),
        work.map(Remaining::count).orElse(0L),
        work.map(Remaining::oldestSeconds).orElse(0.0),
        dead.map(Poisoned::count).orElse(0L));
  }

  private static Remaining remaining(Row row) {
    var oldest = row.columns().get("oldest", Double.class);
    return new Remaining(
        new Place(row.text("topic"), row.integer("part")),
        row.number("remaining"),
        oldest == null ? 0 : Math.round(oldest * 10) / 10.0);
  }

  private static Poisoned poisoned(Row row) {
    return new Poisoned(new Place(row.text("topic"), row.integer("part")), row.number("poisoned"));
  }

  private static Map<String, List<Topic<?>>> stages() {
    var stages = new LinkedHashMap<String, List<Topic<?>>>();
    stages.put("detect", List.of(Topics.TASK_QUEUED, Topics.TASK_QUEUED_INTERACTIVE));
    stages.put("match", List.of(Topics.FACES_DETECTED));
    stages.put("delivery", List.of(Topics.MATCH_RESULT));
    stages.put("cleanup", List.of(Topics.CLEANUP));
    return stages;
  }
}
