package facesort.inference.kafka;

import facesort.service.TopicFollower;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Down when a lane's consumer has stopped or a follower cannot read: a thread that ended shows here
 * and nowhere else.
 */
public final class LanesHealth implements HealthIndicator {
  private final List<MessageListenerContainer> lanes;
  private final List<TopicFollower<?>> followers;

  /** Watches these. */
  public LanesHealth(List<MessageListenerContainer> lanes, List<TopicFollower<?>> followers) {
    this.lanes = List.copyOf(lanes);
    this.followers = List.copyOf(followers);
  }

  @Override
  public Health health() {
    List<String> troubles =
        Stream.concat(
                lanes.stream()
                    .filter(lane -> !lane.isRunning())
                    .map(lane -> lane.getListenerId() + " has stopped"),
                followers.stream().flatMap(follower -> follower.trouble().stream()))
            .toList();
    return troubles.isEmpty()
        ? Health.up().build()
        : Health.down().withDetail("troubles", troubles).build();
  }
}
