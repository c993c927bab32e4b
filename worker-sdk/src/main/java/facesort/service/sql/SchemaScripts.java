package facesort.service.sql;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Brings a database to the shape a service wants, by scripts that may run any number of times. */
public final class SchemaScripts {

  /** Two services of one database must not create the same table at once. */
  private static final String LOCK = "SELECT pg_advisory_xact_lock(718281828)";

  private SchemaScripts() {}

  /**
   * Runs scripts in one transaction, in order.
   *
   * @param resources class path names; statements end with a semicolon at the end of a line
   */
  public static Mono<Void> apply(ConnectionFactory database, String... resources) {
    var statements =
        Flux.fromArray(resources)
            .flatMapIterable(name -> java.util.List.of(read(name).split(";\\s*\n")))
            .map(String::strip)
            .filter(statement -> !statement.isEmpty());
    return SqlTransaction.in(
            database,
            connection ->
                run(connection, LOCK)
                    .thenMany(statements.concatMap(statement -> run(connection, statement))))
        .then();
  }

  private static Flux<Long> run(Connection connection, String statement) {
    return Flux.from(connection.createStatement(statement).execute())
        .concatMap(Result::getRowsUpdated);
  }

  private static String read(String name) {
    try {
      return new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("no script " + name, e);
    }
  }
}
