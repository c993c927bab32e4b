package facesort.state.query;

import facesort.service.sql.Sql;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of an answer; not to be kept. */
public record Row(Readable columns) {

  /** A text that is never null. */
  public String text(String column) {
    return Sql.get(columns, column, String.class);
  }

  /** A text, or null. */
  public @Nullable String textOrNull(String column) {
    return columns.get(column, String.class);
  }

  /** A number that is never null. */
  public int integer(String column) {
    return Sql.get(columns, column, Integer.class);
  }

  /** A number, or null. */
  public @Nullable Integer integerOrNull(String column) {
    return columns.get(column, Integer.class);
  }

  /** A number that is never null. */
  public long number(String column) {
    return Sql.get(columns, column, Long.class);
  }

  /** A number, or null. */
  public @Nullable Long numberOrNull(String column) {
    return columns.get(column, Long.class);
  }

  /** A moment that is never null. */
  public Instant instant(String column) {
    return Sql.get(columns, column, Instant.class);
  }

  /** A moment, or null. */
  public @Nullable Instant instantOrNull(String column) {
    return columns.get(column, Instant.class);
  }

  /** Yes; no when it is null. */
  public boolean yes(String column) {
    return Boolean.TRUE.equals(columns.get(column, Boolean.class));
  }
}
