package facesort.state.readmodel;

import facesort.service.DeadLetters;
import facesort.service.sql.ReadEvent;
import facesort.state.job.TextHeaders;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;

/** Table failure: what the text headers of a dead letter say. */
final class FailureRows {

  private static final String FAILURE =
      """
      INSERT INTO projector.failure (source, kafka_partition, kafka_offset, origin, code, message,
        attempts, service, owner_id, job_id, photo_id, task_id, seen_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT DO NOTHING
      """;

  private FailureRows() {}

  static void write(ReadEvent event, SqlRows rows) {
    var record = event.record();
    var headers = record.headers();
    rows.add(
        FAILURE,
        event.topic().name(),
        record.partition(),
        record.offset(),
        text(headers, DeadLetters.ORIGIN),
        TextHeaders.code(headers).name(),
        text(headers, DeadLetters.MESSAGE),
        text(headers, DeadLetters.ATTEMPTS),
        text(headers, DeadLetters.SERVICE),
        SqlRows.text(TextHeaders.id(headers, DeadLetters.OWNER)),
        SqlRows.text(TextHeaders.id(headers, DeadLetters.JOB)),
        SqlRows.text(TextHeaders.id(headers, DeadLetters.PHOTO)),
        SqlRows.text(TextHeaders.id(headers, DeadLetters.TASK)),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private static Object text(Headers headers, String name) {
    return SqlRows.text(TextHeaders.text(headers, name));
  }
}
