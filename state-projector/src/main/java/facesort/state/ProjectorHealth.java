package facesort.state;

import facesort.state.job.JobStreams;
import facesort.state.readmodel.ReadModel;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What {@code /actuator/health} says; which parts readiness needs is in application.yaml. */
@Configuration(proxyBeanMethods = false)
class ProjectorHealth {

  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** The topology folds events. */
  @Bean
  HealthIndicator streamsHealthIndicator(JobStreams streams) {
    return () -> health(streams.trouble());
  }

  /** The read model gets events from Kafka into its tables. */
  @Bean
  HealthIndicator readModelHealthIndicator(ReadModel readModel) {
    return () -> health(readModel.trouble());
  }

  /** The database answers. */
  @Bean
  ReactiveHealthIndicator databaseHealthIndicator(ConnectionPool database) {
    return () ->
        Flux.usingWhen(
                database.create(),
                connection -> connection.validate(ValidationDepth.REMOTE),
                connection -> connection.close())
            .singleOrEmpty()
            .map(valid -> valid ? Health.up().build() : Health.down().build())
            .timeout(ANSWER)
            .onErrorResume(e -> Mono.just(down(e.getClass().getSimpleName())));
  }

  private static Health health(Optional<String> trouble) {
    return trouble.map(ProjectorHealth::down).orElseGet(() -> Health.up().build());
  }

  private static Health down(String why) {
    return Health.down().withDetail("trouble", why).build();
  }
}
