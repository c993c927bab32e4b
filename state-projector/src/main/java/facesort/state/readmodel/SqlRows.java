package facesort.state.readmodel;

import facesort.service.sql.Sql;
import io.r2dbc.spi.Connection;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The rows of a batch: one statement for all rows of an {@link Upsert}. No statement may meet a key
 * twice, so rows of the same key are folded or go, in their order, to later statements. For one
 * thread.
 */
final class SqlRows {

  private final List<Step> steps = new ArrayList<>();
  private final Map<Upsert, Group> open = new LinkedHashMap<>();

  /** Something to run after what came before. */
  private sealed interface Step {

    /** Rows for one statement. */
    record Rows(Upsert upsert, List<@Nullable Object[]> values) implements Step {}

    /** Any other statement. */
    record Other(String sql, List<Object> values) implements Step {}
  }

  /**
   * Rows of one upsert: of each key the n-th goes to the n-th round.
   *
   * @param last by key the last round that has it
   */
  private record Group(
      List<List<@Nullable Object[]>> rounds, Map<List<@Nullable Object>, Place> last) {

    Group() {
      this(new ArrayList<>(), new HashMap<>());
    }
  }

  private record Place(int round, int index) {}

  /** Adds a row; values in the order of the columns. */
  void add(Upsert upsert, @Nullable Object... values) {
    if (values.length != upsert.columns().size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + upsert.columns().size() + " columns");
    }
    var group = open.computeIfAbsent(upsert, none -> new Group());
    var key = Arrays.asList(values).subList(0, upsert.keys());
    var before = group.last().get(key);
    if (before != null && upsert.fold() != null) {
      var round = group.rounds().get(before.round());
      round.set(before.index(), upsert.fold().apply(round.get(before.index()), values));
      return;
    }
    var number = before == null ? 0 : before.round() + 1;
    if (number == group.rounds().size()) {
      group.rounds().add(new ArrayList<>());
    }
    group.rounds().get(number).add(values);
    group.last().put(key, new Place(number, group.rounds().get(number).size() - 1));
  }

  /** Adds a statement that runs after all rows so far and before all later ones. */
  void run(String sql, Object... values) {
    close();
    steps.add(new Step.Other(sql, List.of(values)));
  }

  /** Sends everything. */
  Mono<Void> send(Connection connection) {
    close();
    return Flux.fromIterable(steps)
        .concatMap(step ->
            switch (step) {
              case Step.Rows rows ->
                  Sql.update(
                      connection, rows.upsert().sql(), columns(rows.upsert(), rows.values()));
              case Step.Other other ->
                  Sql.update(connection, other.sql(), other.values().toArray());
            })
        .then();
  }

  private void close() {
    open.forEach((upsert, group) ->
        group.rounds().forEach(round -> steps.add(new Step.Rows(upsert, round))));
    open.clear();
  }

  private static Object[] columns(Upsert upsert, List<@Nullable Object[]> rows) {
    var arrays = new Object[upsert.columns().size()];
    for (int column = 0; column < arrays.length; column++) {
      var array = Array.newInstance(upsert.columns().get(column).type().element(), rows.size());
      for (int row = 0; row < rows.size(); row++) {
        Array.set(array, row, Texts.clean(rows.get(row)[column]));
      }
      arrays[column] = array;
    }
    return arrays;
  }
}
