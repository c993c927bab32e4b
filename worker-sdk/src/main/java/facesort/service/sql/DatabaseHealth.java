package facesort.service.sql;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Up when the database answers a connection within 2 s. */
public final class DatabaseHealth implements ReactiveHealthIndicator {

  private static final Duration ANSWER = Duration.ofSeconds(2);

  private final ConnectionFactory database;

  /** Asks this database. */
  public DatabaseHealth(ConnectionFactory database) {
    this.database = database;
  }

  @Override
  public Mono<Health> health() {
    return Flux.usingWhen(
            database.create(),
            connection -> connection.validate(ValidationDepth.REMOTE),
            Connection::close)
        .singleOrEmpty()
        .map(valid -> valid ? Health.up().build() : Health.down().build())
        .timeout(ANSWER)
        .onErrorResume(e -> Mono.just(down(e)));
  }

  /** The kind of error alone: its message may name the address and the user. */
  private static Health down(Throwable e) {
    return Health.down().withDetail("trouble", e.getClass().getSimpleName()).build();
  }
}
