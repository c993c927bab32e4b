package facesort.inference;

import facesort.schemas.Topic;
import facesort.service.Events;
import facesort.service.Followed;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Starts followers that a role needs before it takes its first task. */
final class Followers {
  private Followers() {}

  /** Starts to follow a topic and waits, without limit, for its present end. */
  static <V extends SpecificRecord> TopicFollower<V> caughtUp(
      Topic<V> topic, KafkaClients clients, Events events, Consumer<Followed<V>> receiver) {
    TopicFollower<V> follower = TopicFollower.start(topic, clients, events, receiver);
    try {
      follower.caughtUp().join();
      return follower;
    } catch (CompletionException e) {
      follower.close();
      throw new IllegalStateException("Cannot follow " + topic.name(), e);
    }
  }
}
