package facesort.state;

import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.state.job.JobStreams;
import facesort.state.job.StoredJobs;
import facesort.state.live.JobFeed;
import facesort.state.ops.AuditQuery;
import facesort.state.ops.FailureQueries;
import facesort.state.ops.ScalingQuery;
import facesort.state.ops.WorkerQueries;
import facesort.state.query.ErrorQueries;
import facesort.state.query.EventQueries;
import facesort.state.query.ExplainQuery;
import facesort.state.query.FriendQueries;
import facesort.state.query.JobQueries;
import facesort.state.query.PhotoQueries;
import facesort.state.query.ProgressQuery;
import facesort.state.query.QueryDatabase;
import facesort.state.query.SettledLately;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What can be asked: the read model, the topology's stores, and the stream of changes. */
@Configuration(proxyBeanMethods = false)
class QueryConfiguration {

  @Bean
  QueryDatabase queryDatabase(ConnectionPool database) {
    return new QueryDatabase(database);
  }

  @Bean
  SettledLately settledLately() {
    return new SettledLately();
  }

  @Bean
  JobQueries jobQueries(QueryDatabase database, SettledLately lately, Clock clock) {
    return new JobQueries(database, lately, clock);
  }

  @Bean
  ProgressQuery progressQuery(QueryDatabase database, JobQueries jobs) {
    return new ProgressQuery(database, jobs);
  }

  @Bean
  PhotoQueries photoQueries(QueryDatabase database) {
    return new PhotoQueries(database);
  }

  @Bean
  ErrorQueries errorQueries(QueryDatabase database) {
    return new ErrorQueries(database);
  }

  @Bean
  EventQueries eventQueries(QueryDatabase database) {
    return new EventQueries(database);
  }

  @Bean
  ExplainQuery explainQuery(QueryDatabase database, JobQueries jobs) {
    return new ExplainQuery(database, jobs);
  }

  @Bean
  FriendQueries friendQueries(QueryDatabase database) {
    return new FriendQueries(database);
  }

  @Bean
  WorkerQueries workerQueries(QueryDatabase database) {
    return new WorkerQueries(database);
  }

  @Bean
  ScalingQuery scalingQuery(QueryDatabase database) {
    return new ScalingQuery(database);
  }

  @Bean
  AuditQuery auditQuery(QueryDatabase database) {
    return new AuditQuery(database);
  }

  @Bean
  FailureQueries failureQueries(QueryDatabase database) {
    return new FailureQueries(database);
  }

  @Bean
  StoredJobs storedJobs(JobStreams streams, Clock clock) {
    return new StoredJobs(streams, clock);
  }

  @Bean
  JobFeed jobFeed(KafkaClients clients, Events events, SettledLately lately, Clock clock) {
    return new JobFeed(clients, events, lately, clock);
  }
}
