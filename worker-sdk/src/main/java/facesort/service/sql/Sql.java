package facesort.service.sql;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements whose values are given by position: the first is $1. */
public final class Sql {

  private Sql() {}

  /** Runs a statement and gives the number of rows it changed. */
  public static Mono<Long> update(Connection connection, String sql, Object... values) {
    return Flux.from(bound(connection, sql, values).execute())
        .concatMap(Result::getRowsUpdated)
        .reduce(0L, Long::sum);
  }

  /** Runs a query; the function reads one row and must not keep it. */
  public static <T> Flux<T> select(
      Connection connection, Function<Readable, T> row, String sql, Object... values) {
    return Flux.from(bound(connection, sql, values).execute()).concatMap(result -> result.map(row));
  }

  /**
   * Binds the values by their position. PostgreSQL takes no zero character in a text, and names of
   * files may have one: it becomes a space.
   */
  public static Statement bind(Statement statement, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      var value = values.get(i);
      statement.bind(i, value instanceof String text ? text.replace('\0', ' ') : value);
    }
    return statement;
  }

  /** A value that may be null. */
  public static Object nullable(@Nullable Object value, Class<?> type) {
    return value == null ? Parameters.in(type) : value;
  }

  /** A column that is never null. */
  public static <T> T get(Readable row, String column, Class<T> type) {
    var value = row.get(column, type);
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }

  private static Statement bound(Connection connection, String sql, Object... values) {
    return bind(connection.createStatement(sql), List.of(values));
  }
}
