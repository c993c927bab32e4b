package facesort.inference;

import facesort.inference.detect.DetectHandler;
import facesort.inference.detect.PhotoExaminer;
import facesort.inference.kafka.Lane;
import facesort.inference.kafka.LaneContainers;
import facesort.inference.source.PhotoSource;
import facesort.schemas.JobControl;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import facesort.service.WorkerIdentity;
import facesort.worker.CancelledJobs;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The role detect: two lanes, so that small jobs do not wait behind large ones. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "facesort.role", havingValue = "detect")
@Import(PhotoConfiguration.class)
class DetectConfiguration {

  @Bean
  CancelledJobs cancelledJobs() {
    return new CancelledJobs();
  }

  @Bean
  TopicFollower<JobControl> controls(KafkaClients clients, Events events, CancelledJobs cancelled) {
    return Followers.caughtUp(
        Topics.JOB_CONTROL,
        clients,
        events,
        record -> {
          if (record.value() != null) {
            cancelled.accept(record.value());
          }
        });
  }

  @Bean
  DetectHandler handler(
      PhotoSource source, PhotoExaminer examiner, CancelledJobs cancelled, Clock clock) {
    return new DetectHandler(source, examiner, cancelled, clock);
  }

  @Bean
  MessageListenerContainer bulk(
      LaneContainers lanes,
      WorkerIdentity who,
      DetectHandler handler,
      InferenceSettings settings,
      TopicFollower<JobControl> controls) {
    return lanes.container(lane(who, "bulk", Topics.TASK_QUEUED, settings, handler));
  }

  @Bean
  MessageListenerContainer interactive(
      LaneContainers lanes,
      WorkerIdentity who,
      DetectHandler handler,
      InferenceSettings settings,
      TopicFollower<JobControl> controls) {
    return lanes.container(
        lane(who, "interactive", Topics.TASK_QUEUED_INTERACTIVE, settings, handler));
  }

  private static Lane<TaskQueued> lane(
      WorkerIdentity who,
      String name,
      Topic<TaskQueued> topic,
      InferenceSettings settings,
      DetectHandler handler) {
    return new Lane<>(who, name, topic, settings.work().batch(), handler);
  }
}
