package facesort.service.sql;

import facesort.service.sql.BatchHandler.RefusedEvent;
import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

/** Whose fault it is that a batch could not be written. */
final class Blame {

  private Blame() {}

  /** True when the records are at fault and not the database or the way to it. */
  static boolean isOnRecords(Throwable error) {
    return switch (error) {
      case RefusedEvent refused -> true;
      case R2dbcException sql -> isDataError(sql.getSqlState());
      case IllegalArgumentException bug -> true;
      case NullPointerException bug -> true;
      case ClassCastException bug -> true;
      default -> false;
    };
  }

  /** SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation). */
  private static boolean isDataError(@Nullable String state) {
    return state != null && (state.startsWith("22") || state.startsWith("23"));
  }
}
