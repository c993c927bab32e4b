package facesort.state.readmodel;

import facesort.service.sql.PostgresSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Sees that the schema {@code readmodel} is there, by Flyway, at the version of this program. Where
 * only a part of it is left, the rest goes too: positions without rows would be a gap for ever, and
 * all of it can be read again.
 */
final class ReadModelTables {

  static final String SCHEMA = "readmodel";

  /** The table of {@link facesort.service.sql.Watermarks}. */
  static final String WATERMARK = SCHEMA + ".watermark";

  private static final Logger log = LoggerFactory.getLogger(ReadModelTables.class);
  private static final Duration ANSWER = Duration.ofMinutes(1);
  private static final String SCRIPTS = "classpath:db/readmodel";
  private static final String HISTORY = "flyway_schema_history";

  private static final List<String> RELATIONS =
      List.of(
          HISTORY,
          "watermark",
          "freshness",
          "job",
          "run_end",
          "photo",
          "pair",
          "failure",
          "friend",
          "worker",
          "history",
          "job_failure",
          "photo_state");

  /** Two instances must not look and make at once. */
  private static final String LOCK = "SELECT pg_advisory_lock(718281829)";

  private static final String FOUND =
      "SELECT count(to_regclass('%s.' || name)) FROM unnest(?) AS t (name)".formatted(SCHEMA);

  private final DataSource database;
  private boolean migrated;

  /**
   * In this database.
   *
   * @param within longest wait to connect
   */
  ReadModelTables(PostgresSettings settings, Duration within) {
    var source = new PGSimpleDataSource();
    source.setURL(settings.jdbcUrl());
    source.setUser(settings.username());
    source.setPassword(settings.password());
    source.setApplicationName("facesort-readmodel");
    source.setConnectTimeout((int) Math.max(1, within.toSeconds()));
    source.setSocketTimeout((int) ANSWER.toSeconds());
    database = source;
  }

  /** Makes what is missing; blocks the thread that subscribes, one at a time. */
  Mono<Void> prepare() {
    return Mono.fromCallable(
            () -> {
              migrate();
              return (Void) null;
            })
        .then();
  }

  private void migrate() throws SQLException {
    // The lock is let go with the connection, whatever happens.
    try (var connection = database.getConnection()) {
      execute(connection, LOCK);
      var found = found(connection);
      if (found == RELATIONS.size() && migrated) {
        return;
      }
      if (found > 0 && found < RELATIONS.size()) {
        log.warn(
            "{} of {} tables and views are left: all are made anew and read from the beginning",
            found,
            RELATIONS.size());
        execute(connection, "DROP SCHEMA " + SCHEMA + " CASCADE");
      }
      Flyway.configure()
          .dataSource(database)
          .schemas(SCHEMA)
          .table(HISTORY)
          .locations(SCRIPTS)
          .load()
          .migrate();
      migrated = true;
    }
  }

  private static int found(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(FOUND)) {
      statement.setArray(1, connection.createArrayOf("text", RELATIONS.toArray()));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
