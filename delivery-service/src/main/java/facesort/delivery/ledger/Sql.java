package facesort.delivery.ledger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements whose values are given by position: the first is $1. */
final class Sql {

  private Sql() {}

  /** Runs a statement and gives the number of rows it changed. */
  static Mono<Long> update(Connection connection, String sql, Object... values) {
    return Flux.from(bound(connection, sql, values).execute())
        .concatMap(Result::getRowsUpdated)
        .reduce(0L, Long::sum);
  }

  /** Runs a query; the function reads one row and must not keep it. */
  static <T> Flux<T> select(
      Connection connection, Function<Readable, T> row, String sql, Object... values) {
    return Flux.from(bound(connection, sql, values).execute()).concatMap(result -> result.map(row));
  }

  /** A value that may be null. */
  static Object nullable(@Nullable Object value, Class<?> type) {
    return value == null ? Parameters.in(type) : value;
  }

  /** A column that is never null. */
  static <T> T get(Readable row, String column, Class<T> type) {
    var value = row.get(column, type);
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }

  private static Statement bound(Connection connection, String sql, Object... values) {
    var statement = connection.createStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.bind(i, values[i]);
    }
    return statement;
  }
}
