package facesort.state.readmodel;

import static facesort.state.readmodel.ColumnType.BIGINT;
import static facesort.state.readmodel.ColumnType.INT;
import static facesort.state.readmodel.ColumnType.TEXT;
import static facesort.state.readmodel.ColumnType.TIME;

import facesort.service.DeadLetters;
import facesort.service.sql.ReadEvent;
import facesort.state.job.FailureSignature;
import facesort.state.job.TextHeaders;
import java.time.Instant;
import java.util.Objects;

/** Table failure: what the text headers of a dead letter say. */
final class FailureRows {

  private static final Upsert FAILURE =
      Upsert.into("failure")
          .key("source")
          .key("kafka_partition", INT)
          .key("kafka_offset", BIGINT)
          .set(TEXT, "origin", "code", "message")
          .set(INT, "attempts", "replays")
          .set(TEXT, "service", "owner_id", "job_id", "photo_id", "task_id")
          .set(INT, "run")
          .set(TEXT, "signature")
          .set(TIME, "seen_at")
          .orNothing();

  private FailureRows() {}

  static void write(ReadEvent event, SqlRows rows) {
    var record = event.record();
    var headers = record.headers();
    rows.add(
        FAILURE,
        event.topic().name(),
        record.partition(),
        record.offset(),
        TextHeaders.text(headers, DeadLetters.ORIGIN),
        TextHeaders.code(headers).name(),
        TextHeaders.text(headers, DeadLetters.MESSAGE),
        TextHeaders.count(headers, DeadLetters.ATTEMPTS),
        TextHeaders.count(headers, DeadLetters.REPLAYS),
        TextHeaders.text(headers, DeadLetters.SERVICE),
        TextHeaders.id(headers, DeadLetters.OWNER),
        TextHeaders.id(headers, DeadLetters.JOB),
        TextHeaders.id(headers, DeadLetters.PHOTO),
        TextHeaders.id(headers, DeadLetters.TASK),
        Objects.requireNonNullElse(TextHeaders.count(headers, DeadLetters.RUN), 0),
        FailureSignature.of(headers),
        Instant.ofEpochMilli(record.timestamp()));
  }
}
