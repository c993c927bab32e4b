package facesort.state.readmodel;

import static facesort.state.readmodel.ColumnType.BIGINT;
import static facesort.state.readmodel.ColumnType.BOOL;
import static facesort.state.readmodel.ColumnType.INT;
import static facesort.state.readmodel.ColumnType.JSON;
import static facesort.state.readmodel.ColumnType.TEXT;
import static facesort.state.readmodel.ColumnType.TIME;

import facesort.schemas.CommandAnswer;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.RunEnd;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Tables job and run_end: a job's newest status, by its offset. */
final class JobRows {

  private static final Upsert STATUS =
      Upsert.into("job")
          .key("job_id")
          .set(TEXT, "owner_id", "name", "state", "failure", "release")
          .set(BOOL, "closed")
          .set(INT, "run", "total", "submitted", "in_flight")
          .set(JSON, "photos")
          .set(INT, "faces")
          .set(JSON, "deliveries", "commands")
          .set(INT, "cleanup_requests")
          .set(TIME, "submitted_at")
          .set(
              "matched_at",
              TIME,
              """
              CASE WHEN excluded.run = old.run THEN least(old.matched_at, excluded.matched_at)
              ELSE excluded.matched_at END\
              """)
          .set(TIME, "updated_at", "finished_at")
          .set("first_seen", TIME, "least(old.first_seen, excluded.first_seen)")
          .set(BIGINT, "status_offset")
          .folding(JobRows::newer)
          .where("old.status_offset < excluded.status_offset");

  private static final Upsert END =
      Upsert.into("run_end")
          .key("job_id")
          .key("run", INT)
          .set(TEXT, "state")
          .set(JSON, "upto")
          .set(BIGINT, "status_offset")
          .folding(JobRows::newerEnd)
          .where("old.status_offset < excluded.status_offset");

  private static final int RUN = STATUS.at("run");
  private static final int MATCHED_AT = STATUS.at("matched_at");
  private static final int FIRST_SEEN = STATUS.at("first_seen");
  private static final int STATUS_OFFSET = STATUS.at("status_offset");
  private static final int END_OFFSET = END.at("status_offset");

  private JobRows() {}

  static void write(JobStatus status, ConsumerRecord<byte[], byte[]> record, SqlRows rows) {
    var photos = status.getPhotos();
    var submittedAt = status.getSubmittedAt();
    rows.add(
        STATUS,
        status.getJobId(),
        status.getOwnerId(),
        status.getName(),
        status.getState().name(),
        Texts.of(status.getFailure()),
        status.getRelease().name(),
        status.getClosed(),
        status.getRun(),
        status.getTotal(),
        photos.getSubmitted(),
        photos.getInFlight(),
        Texts.json(StatusCounts.of(photos)),
        status.getFaces(),
        Texts.json(StatusCounts.of(status.getDeliveries())),
        Texts.json(status.getCommands().stream().map(JobRows::answer).toList()),
        status.getCleanupRequests(),
        submittedAt,
        matchedAt(status),
        status.getOccurredAt(),
        status.getFinishedAt(),
        submittedAt == null ? status.getOccurredAt() : submittedAt,
        record.offset());
    for (var end : status.getEnds()) {
      rows.add(
          END,
          status.getJobId(),
          end.getRun(),
          end.getState().name(),
          Texts.json(upto(end)),
          record.offset());
    }
  }

  static void remove(String jobId, SqlRows rows) {
    rows.run("DELETE FROM readmodel.job WHERE job_id = $1", jobId);
    rows.run("DELETE FROM readmodel.run_end WHERE job_id = $1", jobId);
  }

  /** The one with the higher offset, with what only the other knew of times. */
  private static @Nullable Object[] newer(@Nullable Object[] one, @Nullable Object[] other) {
    var isOne = offset(one, STATUS_OFFSET) > offset(other, STATUS_OFFSET);
    var newest = isOne ? one : other;
    var older = isOne ? other : one;
    newest[FIRST_SEEN] = earlier(older[FIRST_SEEN], newest[FIRST_SEEN]);
    if (Objects.equals(newest[RUN], older[RUN])) {
      newest[MATCHED_AT] = earlier(older[MATCHED_AT], newest[MATCHED_AT]);
    }
    return newest;
  }

  private static @Nullable Object[] newerEnd(@Nullable Object[] one, @Nullable Object[] other) {
    return offset(one, END_OFFSET) > offset(other, END_OFFSET) ? one : other;
  }

  private static long offset(@Nullable Object[] row, int column) {
    return row[column] instanceof Long offset ? offset : -1;
  }

  private static @Nullable Object earlier(@Nullable Object one, @Nullable Object other) {
    return Stream.of(one, other)
        .filter(Instant.class::isInstance)
        .map(Instant.class::cast)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private static @Nullable Instant matchedAt(JobStatus status) {
    var state = status.getState();
    return state == JobState.QUEUED || state == JobState.RUNNING ? null : status.getOccurredAt();
  }

  private static Map<String, @Nullable Object> answer(CommandAnswer answer) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("event_id", answer.getEventId());
    fields.put("command", answer.getCommand().name());
    fields.put("answer", answer.getAnswer().name());
    fields.put("code", Texts.of(answer.getCode()));
    fields.put("run", answer.getRun());
    fields.put("photos", answer.getPhotos());
    fields.put("message", answer.getMessage());
    return fields;
  }

  private static Map<String, Long> upto(RunEnd end) {
    var offsets = new TreeMap<String, Long>();
    for (var next : end.getUpto()) {
      offsets.put(next.getTopic() + "-" + next.getPartition(), next.getOffset());
    }
    return offsets;
  }
}
