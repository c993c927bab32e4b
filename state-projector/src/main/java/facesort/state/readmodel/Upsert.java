package facesort.state.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one topic writes to one table: its own columns and no others, and only where what is there
 * is not newer. Any number of rows go in one statement, as one array a column, so that the
 * statement's text is always the same.
 */
final class Upsert {

  private final List<Column> columns;
  private final int keys;
  private final String sql;
  private final @Nullable BinaryOperator<@Nullable Object[]> fold;

  private Upsert(
      List<Column> columns,
      int keys,
      String sql,
      @Nullable BinaryOperator<@Nullable Object[]> fold) {
    this.columns = columns;
    this.keys = keys;
    this.sql = sql;
    this.fold = fold;
  }

  /**
   * A column.
   *
   * @param set what it becomes when the row is there; null: it stays
   */
  record Column(String name, ColumnType type, @Nullable String set) {}

  /** To a table of the schema. */
  static Builder into(String table) {
    return new Builder(table);
  }

  /** In the order of a row's values. */
  List<Column> columns() {
    return columns;
  }

  /** How many of the columns, from the first on, are the table's key. */
  int keys() {
    return keys;
  }

  /** The statement; its parameters are arrays in the order of the columns. */
  String sql() {
    return sql;
  }

  /**
   * What of two rows of one key is written when both come in one batch; null: both, one statement
   * after the other.
   */
  @Nullable BinaryOperator<@Nullable Object[]> fold() {
    return fold;
  }

  /** Position of a column in a row. */
  int at(String column) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(column))
        .findFirst()
        .orElseThrow();
  }

  /** Collects columns in the order of a row's values. */
  static final class Builder {

    private final String table;
    private final List<Column> columns = new ArrayList<>();
    private int keys;
    private @Nullable BinaryOperator<@Nullable Object[]> fold;

    private Builder(String table) {
      this.table = table;
    }

    /** Text columns that are the key; to be called first. */
    Builder key(String... names) {
      for (var name : names) {
        key(name, ColumnType.TEXT);
      }
      return this;
    }

    /** One more column of the key. */
    Builder key(String name, ColumnType type) {
      keys++;
      return with(name, type, null);
    }

    /** Columns that take the new value. */
    Builder set(ColumnType type, String... names) {
      for (var name : names) {
        with(name, type, "excluded." + name);
      }
      return this;
    }

    /**
     * A column that takes the value of an expression.
     *
     * @param value over {@code old} and {@code excluded}
     */
    Builder set(String name, ColumnType type, String value) {
      return with(name, type, value);
    }

    /** Of two rows of a key in one batch one is written. */
    Builder folding(BinaryOperator<@Nullable Object[]> rows) {
      fold = rows;
      return this;
    }

    /** A row that is there stays. */
    Upsert orNothing() {
      return build("DO NOTHING");
    }

    /**
     * A row that is there is changed.
     *
     * @param guard over {@code old} and {@code excluded}
     * @param more assignments that take no value of the row
     */
    Upsert where(String guard, String... more) {
      var assignments =
          columns.stream()
              .filter(column -> column.set() != null)
              .map(column -> column.name() + " = " + column.set())
              .collect(Collectors.toCollection(ArrayList::new));
      assignments.addAll(List.of(more));
      return build("DO UPDATE SET " + String.join(", ", assignments) + "\nWHERE " + guard);
    }

    private Builder with(String name, ColumnType type, @Nullable String set) {
      columns.add(new Column(name, type, set));
      return this;
    }

    private Upsert build(String conflict) {
      var names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
      var key = columns.stream().limit(keys).map(Column::name).collect(Collectors.joining(", "));
      var values =
          columns.stream()
              .map(column -> column.type().value("v." + column.name()))
              .collect(Collectors.joining(", "));
      var arrays =
          IntStream.range(0, columns.size())
              .mapToObj(i -> columns.get(i).type().parameter(i + 1))
              .collect(Collectors.joining(", "));
      var sql =
          """
          INSERT INTO readmodel.%s AS old (%s)
          SELECT %s FROM unnest(%s) AS v (%s)
          ON CONFLICT (%s) %s
          """
              .formatted(table, names, values, arrays, names, key, conflict);
      return new Upsert(List.copyOf(columns), keys, sql, fold);
    }
  }
}
