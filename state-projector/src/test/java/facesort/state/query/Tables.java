package facesort.state.query;

import facesort.local.StackAddresses;
import facesort.service.sql.PostgresSettings;
import facesort.service.sql.Sql;
import facesort.service.sql.SqlTransaction;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The tables of the read model in a database of their own, with rows made by hand. */
public final class Tables implements AutoCloseable {

  /** Longest wait for an answer. */
  public static final Duration LIMIT = Duration.ofSeconds(30);

  private final ConnectionPool server;
  private final ConnectionPool database;
  private final String name = "queries_" + UUID.randomUUID().toString().replace("-", "");

  /** Makes the tables. */
  public Tables(StackAddresses stack) {
    server = pool(stack, stack.postgresDatabase());
    statement(server, "CREATE DATABASE " + name);
    database = pool(stack, name);
    Flyway.configure()
        .dataSource(
            "jdbc:postgresql://%s:%d/%s"
                .formatted(stack.postgresHost(), stack.postgresPort(), name),
            stack.postgresUser(),
            stack.postgresPassword())
        .schemas("readmodel")
        .locations("classpath:db/readmodel")
        .load()
        .migrate();
  }

  private static ConnectionPool pool(StackAddresses stack, String name) {
    var url =
        "r2dbc:postgresql://%s:%d/%s".formatted(stack.postgresHost(), stack.postgresPort(), name);
    return new PostgresSettings(url, stack.postgresUser(), stack.postgresPassword())
        .pool(2, Duration.ofSeconds(10));
  }

  /** What queries read. */
  public QueryDatabase queries() {
    return new QueryDatabase(database);
  }

  /** Adds a row whose columns are those of the JSON object; all others are null. */
  public Tables add(String table, String json) {
    var sql =
        "INSERT INTO readmodel.%s SELECT * FROM jsonb_populate_record(NULL::readmodel.%s, $1::jsonb)"
            .formatted(table, table);
    SqlTransaction.in(database, connection -> Sql.update(connection, sql, json)).blockLast(LIMIT);
    return this;
  }

  /** Runs a statement. */
  public void run(String sql) {
    statement(database, sql);
  }

  /** Removes all rows. */
  public void empty() {
    run(
        "TRUNCATE readmodel.job, readmodel.run_end, readmodel.photo, readmodel.pair,"
            + " readmodel.failure, readmodel.friend, readmodel.worker, readmodel.history");
  }

  private static void statement(ConnectionPool pool, String sql) {
    // Outside a transaction: a database cannot be created inside one.
    Flux.usingWhen(
            pool.create(),
            connection ->
                Flux.from(connection.createStatement(sql).execute())
                    .concatMap(result -> result.getRowsUpdated()),
            connection -> Mono.from(connection.close()))
        .blockLast(LIMIT);
  }

  @Override
  public void close() {
    database.dispose();
    statement(server, "DROP DATABASE " + name + " WITH (FORCE)");
    server.dispose();
  }
}
