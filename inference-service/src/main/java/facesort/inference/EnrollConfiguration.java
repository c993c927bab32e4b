package facesort.inference;

import facesort.inference.detect.PhotoExaminer;
import facesort.inference.enroll.EnrollHandler;
import facesort.inference.kafka.Lane;
import facesort.inference.kafka.LaneContainers;
import facesort.inference.source.PhotoSource;
import facesort.schemas.Topics;
import facesort.service.WorkerIdentity;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The role enroll: profiles in, galleries out. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "facesort.role", havingValue = "enroll")
@Import(PhotoConfiguration.class)
class EnrollConfiguration {

  @Bean
  EnrollHandler handler(PhotoSource source, PhotoExaminer examiner, Clock clock) {
    return new EnrollHandler(source, examiner, clock);
  }

  @Bean
  MessageListenerContainer main(
      LaneContainers lanes, WorkerIdentity who, EnrollHandler handler, InferenceSettings settings) {
    return lanes.container(
        new Lane<>(who, "main", Topics.FRIEND_PROFILE, settings.work().batch(), handler));
  }
}
