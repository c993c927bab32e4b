package facesort.state.ops;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.state.query.Fixture;
import facesort.state.query.Tables;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

@ExtendWith(LocalStackExtension.class)
class OperationsIT {

  private static final Instant AS_OF = Instant.parse("2026-11-22T12:00:00Z");

  private static Tables tables;

  @BeforeAll
  static void open(StackAddresses stack) {
    tables = new Tables(stack);
  }

  @AfterAll
  static void close() {
    tables.close();
  }

  @BeforeEach
  void empty() {
    tables.empty();
  }

  private static <T> T answer(Mono<T> question) {
    return question.blockOptional(Tables.LIMIT).orElseThrow();
  }

  @Test
  void workers_areJudgedByTheBrokersClock_andStuckTasksAreFlagged() {
    worker("newest", "READY", 0, "");
    worker("late", "READY", 15, "");
    worker("lost", "READY", 45, "");
    worker("stopped", "STOPPED", 400, "");
    // Its clock is wrong by years; the task was 70 s old when it said so.
    worker(
        "stuck",
        "READY",
        5,
        """
        {"task_id": "t1", "job_id": "j", "since": "2019-12-31T23:58:50Z"},
        {"task_id": "t2", "job_id": "j", "since": "2019-12-31T23:59:59Z"}
        """);

    var workers = answer(new WorkerQueries(tables.queries()).workers()).workers();

    assertThat(workers)
        .extracting(worker -> worker.workerId() + " " + worker.liveness())
        .containsExactly("late LATE", "lost LOST", "newest LIVE", "stopped STOPPED", "stuck LIVE");
    var tasks = workers.getLast().inFlight();
    assertThat(tasks).extracting(WorkerView.Task::stuck).containsExactly(true, false);
    assertThat(tasks.getFirst().ageSeconds()).isBetween(75.0, 100.0);
  }

  /** Written now, stamped by the broker so many seconds before the newest. */
  private static void worker(String id, String state, int seconds, String inFlight) {
    tables.run(
        """
        INSERT INTO readmodel.worker VALUES ('%s', 'service', '', 0, '1', 'cpu', '%s',
          '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z', '{task.queued-1}', '[%s]', 7, 1, 3.5,
          timestamptz '2026-11-22T10:00:00Z' - interval '%d seconds')
        """
            .formatted(id, state, inFlight, seconds));
  }

  @Test
  void scaling_countsOpenWorkByPartition_andPoisonApart() {
    Fixture.add(tables, "olga", "job-1");
    var matched = new Fixture.Rows(tables, "olga", "job-2");
    matched.job("MATCHED", 1, 0);
    matched.photo(
        "a",
        0,
        ", \"match_run\": 0, \"rematch\": 0, \"match_partition\": 6, \"match_offset\": 1,"
            + " \"match_faces\": 2, \"people\": 2, \"matched_at\": \"2026-11-22T10:00:30Z\"");
    matched.pair("a", "ann", "MATCHED", 0.7, "");
    matched.pair("a", "bob", "REVIEW", 0.45, "");
    var cleaning = new Fixture.Rows(tables, "olga", "job-3");
    cleaning.job("CLEANING", 0, 0);
    cleaning.event("cleanup", 3, "10:02:00", null, null, "cleanup 0 asked for");
    tables.run("UPDATE readmodel.job SET cleanup_requests = 1 WHERE job_id = 'job-3'");

    var scaling = answer(new ScalingQuery(tables.queries()).scaling());

    assertThat(scaling.stages())
        .extracting(
            stage -> "%s %d %d".formatted(stage.stage(), stage.remaining(), stage.poisoned()))
        .containsExactly("detect 1 1", "match 1 0", "delivery 1 0", "cleanup 1 0");
    assertThat(busy(scaling))
        .containsExactly("task.queued-3", "faces.detected-5", "match.result-6", "cleanup-3");
    assertThat(scaling.stages().getFirst().partitions()).hasSize(12);

    cleaning.event("cleanup", 4, "10:03:00", null, null, "cleanup 0 done");
    assertThat(answer(new ScalingQuery(tables.queries()).scaling()).stages().getLast().remaining())
        .isZero();
  }

  private static List<String> busy(ScalingView scaling) {
    return scaling.stages().stream()
        .flatMap(stage -> stage.partitions().stream())
        .filter(partition -> partition.remaining() > 0 && partition.oldestSeconds() > 0)
        .map(partition -> partition.topic() + "-" + partition.partition())
        .toList();
  }

  @Test
  void audit_findsNothing_inAJobThatIsWholeOrAtWork() {
    Fixture.add(tables, "olga", "job-1");
    tables.run("UPDATE readmodel.failure SET job_id = NULL WHERE photo_id = 'none'");

    assertThat(audit(null)).isEqualTo(new AuditView(1, 10, 0, 0, 0, List.of()));
  }

  @Test
  void audit_namesThePhotoWhoseMatchIsMissing() {
    Fixture.add(tables, "olga", "job-1");
    tables.run("UPDATE readmodel.job SET state = 'CLEANING', in_flight = 0");

    var audit = audit("job-1");

    assertThat(audit.unaccounted()).isEqualTo(2);
    assertThat(audit.findings()).extracting(AuditView.Finding::photoId).containsExactly("h", "i");
    assertThat(audit.findings().getFirst().what()).contains("no match.result or dead letter");
    assertThat(audit("other").jobs()).isZero();
  }

  @Test
  void audit_namesWhatElseDoesNotAddUp() {
    Fixture.add(tables, "olga", "job-1");
    tables.run("DELETE FROM readmodel.photo WHERE photo_id IN ('h', 'i')");
    tables.run("UPDATE readmodel.pair SET state = NULL WHERE photo_id = 'a'");
    tables.run(
        "UPDATE readmodel.photo SET run = NULL, task_topic = NULL, queued_at = NULL"
            + " WHERE photo_id = 'k'");
    tables.run("UPDATE readmodel.job SET state = 'COMPLETED', in_flight = 0");
    new Fixture.Rows(tables, "olga", "job-lost").photo("x", 0, "");
    tables.run(
        "INSERT INTO readmodel.failure VALUES ('task.queued', 1, 1, NULL, 'UNDECODABLE',"
            + " NULL, 1, 0, 's', NULL, NULL, NULL, NULL, 0, 'sig', now())");

    var audit = audit(null);

    assertThat(audit.findings())
        .extracting(finding -> finding.photoId() + ": " + finding.what())
        .containsExactly(
            "null: job.status counts 10 photos, 7 of them have a task.queued",
            "a: the job is COMPLETED, but delivery.done never closed the pair with ann",
            "k: match.result without task.queued",
            "null: 1 tasks, but no job.status");
    assertThat(audit.unaccounted()).isEqualTo(3 + 1 + 1 + 1);
    assertThat(audit.unattributed()).isEqualTo(1);
  }

  @Test
  void audit_judgesNeitherExpiredJobs_norThoseNewerThanTheReadModel() {
    Fixture.add(tables, "olga", "job-1");
    tables.run("UPDATE readmodel.job SET state = 'COMPLETED', in_flight = 0");

    var newer = answer(query().audit(null, Instant.parse("2026-11-22T10:00:59Z")));
    assertThat(newer.unaccounted()).isZero();
    var later = answer(query().audit(null, Instant.parse("2027-01-22T10:00:00Z")));
    assertThat(later.unaccounted()).isZero();
    assertThat(later.expired()).isEqualTo(10);
  }

  private static AuditQuery query() {
    return new AuditQuery(tables.queries());
  }

  private static AuditView audit(@Nullable String job) {
    return answer(query().audit(job, AS_OF));
  }

  @Test
  void failuresWithoutAJob_areListed_newestFirst() {
    for (int i = 0; i < 3; i++) {
      tables.run(
          """
          INSERT INTO readmodel.failure VALUES ('match.result', 1, %d, 'match.result-1@%d',
            'UNDECODABLE', 'm', 1, 0, 's', NULL, NULL, NULL, NULL, 0, 'sig',
            timestamptz '2026-11-22T10:00:00Z' + interval '%d seconds')
          """
              .formatted(i, i, i));
    }

    var page = answer(new FailureQueries(tables.queries()).unattributed(2, 1));

    assertThat(page.total()).isEqualTo(3);
    assertThat(page.failures())
        .extracting(failure -> failure.topic() + "@" + failure.offset())
        .containsExactly("match.result-dlt@1", "match.result-dlt@0");
  }
}
