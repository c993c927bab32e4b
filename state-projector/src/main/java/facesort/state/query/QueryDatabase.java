package facesort.state.query;

import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * Reads of the read model, each in one snapshot however many statements it has. Errors of the
 * database reach the caller as they are, after 5 s at most if nothing else is said.
 */
public final class QueryDatabase {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final String ONE_SNAPSHOT =
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  private final ConnectionFactory database;

  /** Over the database of the read model. */
  public QueryDatabase(ConnectionFactory database) {
    this.database = database;
  }

  /** What is read of one snapshot. */
  public record Snapshot(Connection connection) {

    /** All rows of a query whose values are $1, $2, ... */
    public <T> Mono<List<T>> list(String sql, Function<Row, T> row, Object... values) {
      return Sql.select(connection, columns -> row.apply(new Row(columns)), sql, values)
          .collectList();
    }

    /** The only row; empty when there is none. */
    public <T> Mono<T> one(String sql, Function<Row, T> row, Object... values) {
      return list(sql, row, values)
          .flatMap(found -> found.isEmpty() ? Mono.empty() : Mono.just(found.getFirst()));
    }
  }

  /** Reads; empty when the work is. */
  public <T> Mono<T> read(Function<Snapshot, Mono<T>> work) {
    return read(LIMIT, work);
  }

  /** Reads what may take longer; empty when the work is. */
  public <T> Mono<T> read(Duration within, Function<Snapshot, Mono<T>> work) {
    return SqlTransaction.in(
            database,
            connection ->
                Sql.update(connection, ONE_SNAPSHOT).then(work.apply(new Snapshot(connection))))
        .collectList()
        .timeout(within)
        .flatMap(found -> found.isEmpty() ? Mono.empty() : Mono.just(found.getFirst()));
  }
}
