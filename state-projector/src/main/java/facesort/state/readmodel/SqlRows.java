package facesort.state.readmodel;

import facesort.service.sql.Sql;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Rows for several statements, sent as one batch a statement. Rows of one statement keep their
 * order; statements follow each other in the order of their first row. For one thread.
 */
final class SqlRows {

  private final Map<String, List<List<Object>>> rows = new LinkedHashMap<>();

  /** The text of a value that may be null. */
  static Object text(@Nullable Object value) {
    return Sql.nullable(value == null ? null : value.toString(), String.class);
  }

  void add(String sql, Object... values) {
    rows.computeIfAbsent(sql, none -> new ArrayList<>()).add(List.of(values));
  }

  /** Sends everything. */
  Mono<Void> send(Connection connection) {
    return Flux.fromIterable(rows.entrySet())
        .concatMap(entry -> batch(connection, entry.getKey(), entry.getValue()))
        .then();
  }

  private static Flux<Long> batch(Connection connection, String sql, List<List<Object>> all) {
    var statement = connection.createStatement(sql);
    for (int i = 0; i < all.size(); i++) {
      if (i > 0) {
        statement.add();
      }
      Sql.bind(statement, all.get(i));
    }
    return Flux.from(statement.execute()).concatMap(Result::getRowsUpdated);
  }
}
