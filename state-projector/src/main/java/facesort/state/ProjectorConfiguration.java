package facesort.state;

import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ServiceSettings;
import facesort.service.WorkerIdentity;
import facesort.service.sql.PostgresSettings;
import facesort.state.job.JobStreams;
import facesort.state.job.Retention;
import facesort.state.readmodel.ReadModel;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the service is made of: the topology and the read model. */
@Configuration(proxyBeanMethods = false)
class ProjectorConfiguration {

  private static final int CONNECTIONS = 8;
  private static final Duration DATABASE_WITHIN = Duration.ofSeconds(3);

  @Bean
  WorkerIdentity identity(ServiceSettings settings) {
    return new WorkerIdentity(
        "state-projector",
        "",
        settings.slot(),
        WorkerIdentity.versionOf(ProjectorApplication.class),
        "");
  }

  @Bean
  JobStreams jobStreams(
      ServiceSettings service, ProjectorSettings settings, Events events, DeadLetters deadLetters) {
    var setup =
        new JobStreams.Setup(
            service.kafka().bootstrapServers(),
            service.slot(),
            settings.stateDir(),
            settings.threads(),
            settings.commitEvery(),
            new Retention(settings.cleanupGrace(), settings.failedRetention()));
    return new JobStreams(setup, events, deadLetters);
  }

  @Bean(destroyMethod = "dispose")
  ConnectionPool database(PostgresSettings settings) {
    return settings.pool(CONNECTIONS, DATABASE_WITHIN);
  }

  @Bean
  ReadModel readModel(
      ProjectorSettings settings,
      KafkaClients clients,
      Events events,
      DeadLetters deadLetters,
      PostgresSettings postgres,
      ConnectionPool database,
      Clock clock) {
    return new ReadModel(
        new ReadModel.Setup(
            settings.batch(), clients, events, deadLetters, postgres, database, clock));
  }
}
