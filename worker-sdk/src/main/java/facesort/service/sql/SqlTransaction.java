package facesort.service.sql;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One SQL transaction on a connection of its own, closed whatever happens. */
public final class SqlTransaction {

  private SqlTransaction() {}

  /**
   * Runs the work and commits; rolls back when the work fails or is cancelled.
   *
   * @param work what to do on the connection; must not keep it
   * @return what the work gives, emitted before the commit: complete means committed
   */
  public static <T> Flux<T> in(
      ConnectionFactory database, Function<Connection, ? extends Publisher<T>> work) {
    return Flux.usingWhen(
        database.create(),
        connection ->
            Mono.from(connection.beginTransaction())
                .thenMany(Flux.defer(() -> work.apply(connection))),
        connection -> closing(connection, connection.commitTransaction()),
        (connection, error) -> closing(connection, connection.rollbackTransaction()),
        connection -> closing(connection, connection.rollbackTransaction()));
  }

  private static Mono<Void> closing(Connection connection, Publisher<Void> end) {
    return Mono.from(end)
        .onErrorResume(error -> Mono.from(connection.close()).then(Mono.error(error)))
        .then(Mono.from(connection.close()));
  }
}
