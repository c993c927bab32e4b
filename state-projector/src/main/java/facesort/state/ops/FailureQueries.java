package facesort.state.ops;

import facesort.schemas.Topics;
import facesort.state.query.QueryDatabase;
import facesort.state.query.Row;
import reactor.core.publisher.Mono;

/** Dead letters that no job's list of errors can show. */
public final class FailureQueries {

  private static final String FAILURES =
      """
      SELECT * FROM readmodel.failure WHERE job_id IS NULL
      ORDER BY seen_at DESC, source, kafka_partition, kafka_offset LIMIT $1 OFFSET $2
      """;

  private static final String COUNT =
      "SELECT count(*) AS total FROM readmodel.failure WHERE job_id IS NULL";

  private final QueryDatabase database;

  /** Over the read model. */
  public FailureQueries(QueryDatabase database) {
    this.database = database;
  }

  /** Dead letters that name no job. */
  public Mono<FailureView.Page> unattributed(int limit, long offset) {
    return database.read(snapshot ->
        snapshot
            .one(COUNT, row -> row.number("total"))
            .zipWhen(
                total -> snapshot.list(FAILURES, FailureQueries::failure, limit, offset),
                (total, failures) -> new FailureView.Page(failures, total)));
  }

  private static FailureView failure(Row row) {
    return new FailureView(
        deadLettersOf(row.text("source")),
        row.integer("kafka_partition"),
        row.number("kafka_offset"),
        row.textOrNull("origin"),
        row.text("code"),
        row.textOrNull("message"),
        row.textOrNull("service"),
        row.integerOrNull("attempts"),
        row.integerOrNull("replays"),
        row.text("signature"),
        row.instant("seen_at"));
  }

  /** The projector's own dead letters are no topic's. */
  private static String deadLettersOf(String source) {
    return Topics.named(source).map(topic -> topic.deadLetters()).orElse(source);
  }
}
