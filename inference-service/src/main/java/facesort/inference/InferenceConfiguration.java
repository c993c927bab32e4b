package facesort.inference;

import facesort.inference.kafka.FencedExit;
import facesort.inference.kafka.LaneContainers;
import facesort.inference.kafka.LanesHealth;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.Heartbeat;
import facesort.service.KafkaClients;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.service.TopicFollower;
import facesort.service.WorkerIdentity;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.MessageListenerContainer;

/** What every role has. */
@Configuration(proxyBeanMethods = false)
@Import(ServiceConfiguration.class)
@EnableConfigurationProperties(InferenceSettings.class)
class InferenceConfiguration {
  private static final String SERVICE = "inference";

  @Bean
  WorkerIdentity identity(ServiceSettings service, InferenceSettings settings) {
    return new WorkerIdentity(
        SERVICE,
        settings.role().id(),
        service.slot(),
        WorkerIdentity.versionOf(InferenceApplication.class),
        settings.role() == Role.MATCH ? "" : "cpu");
  }

  @Bean
  LaneContainers lanes(
      KafkaClients clients, Events events, DeadLetters deadLetters, Heartbeat heartbeat) {
    return new LaneContainers(clients, events, deadLetters, heartbeat);
  }

  @Bean
  LanesHealth lanesHealthIndicator(
      List<MessageListenerContainer> containers, List<TopicFollower<?>> followers) {
    return new LanesHealth(containers, followers);
  }

  @Bean
  FencedExit fencedExit() {
    return new FencedExit();
  }
}
