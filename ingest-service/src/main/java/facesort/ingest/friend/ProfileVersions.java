package facesort.ingest.friend;

import facesort.schemas.FriendProfile;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.Followed;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import reactor.core.publisher.Mono;

/**
 * The newest version of each profile. Versions are milliseconds of the clock, pushed on where the
 * clock stands still or went back: a later profile always has the larger one.
 */
public final class ProfileVersions implements AutoCloseable {

  private final ConcurrentMap<String, Long> newest = new ConcurrentHashMap<>();
  private final TopicFollower<FriendProfile> follower;
  private final Clock clock;

  /** Starts to follow the topic. */
  public ProfileVersions(KafkaClients clients, Events events, Clock clock) {
    this.clock = clock;
    this.follower = TopicFollower.start(Topics.FRIEND_PROFILE, clients, events, this::receive);
  }

  /** Takes the next version of a profile. */
  long next(String key) {
    long now = clock.millis();
    return newest.merge(key, now, (seen, wanted) -> Math.max(seen + 1, wanted));
  }

  /** Done when what was in the topic at the start is known. */
  Mono<Void> caughtUp() {
    return Mono.fromFuture(follower.caughtUp(), true);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void receive(Followed<FriendProfile> profile) {
    var value = profile.value();
    // A removed profile keeps its version here: one that comes back must be newer.
    if (value != null) {
      newest.merge(profile.key(), value.getVersion(), Math::max);
    }
  }
}
