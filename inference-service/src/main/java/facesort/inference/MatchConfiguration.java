package facesort.inference;

import facesort.inference.kafka.Lane;
import facesort.inference.kafka.LaneContainers;
import facesort.inference.match.Galleries;
import facesort.inference.match.MatchHandler;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.Topics;
import facesort.service.CommittedGaps;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import facesort.service.WorkerIdentity;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The role match: no model; all friends in memory before the first face. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "facesort.role", havingValue = "match")
class MatchConfiguration {

  @Bean
  Galleries galleries(KafkaClients clients) {
    CommittedGaps gaps = new CommittedGaps(clients);
    return new Galleries(
        (partition, from, end) -> gaps.isEmpty(Topics.FRIEND_PROFILE, partition, from, end));
  }

  @Bean
  TopicFollower<FriendProfile> profiles(KafkaClients clients, Events events, Galleries galleries) {
    return Followers.caughtUp(Topics.FRIEND_PROFILE, clients, events, galleries::profile);
  }

  @Bean
  TopicFollower<FriendGallery> answers(KafkaClients clients, Events events, Galleries galleries) {
    return Followers.caughtUp(Topics.FRIEND_GALLERY, clients, events, galleries::gallery);
  }

  @Bean
  MatchHandler handler(Galleries galleries, InferenceSettings settings, Clock clock) {
    return new MatchHandler(
        galleries, settings.match().policy(), settings.match().galleryWait(), clock);
  }

  @Bean
  MessageListenerContainer main(
      LaneContainers lanes,
      WorkerIdentity who,
      MatchHandler handler,
      InferenceSettings settings,
      TopicFollower<FriendProfile> profiles,
      TopicFollower<FriendGallery> answers) {
    return lanes.container(
        new Lane<>(who, "main", Topics.FACES_DETECTED, settings.work().batch(), handler));
  }
}
