package facesort.state;

import facesort.service.sql.DatabaseHealth;
import facesort.state.job.JobStreams;
import facesort.state.readmodel.ReadModel;
import io.r2dbc.pool.ConnectionPool;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} says; which parts readiness needs is in application.yaml. */
@Configuration(proxyBeanMethods = false)
class ProjectorHealth {

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
  DatabaseHealth databaseHealthIndicator(ConnectionPool database) {
    return new DatabaseHealth(database);
  }

  private static Health health(Optional<String> trouble) {
    return trouble
        .map(why -> Health.down().withDetail("trouble", why).build())
        .orElseGet(() -> Health.up().build());
  }
}
