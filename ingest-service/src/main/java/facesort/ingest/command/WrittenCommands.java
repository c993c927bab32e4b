package facesort.ingest.command;

import facesort.schemas.JobControl;
import facesort.schemas.PhotoSelection;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.Followed;
import facesort.service.KafkaClients;
import facesort.service.TopicFollower;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The commands that stand in {@code job.control}, whichever process wrote them: the memory that a
 * command given twice is written once. An entry is an id and a hash; there are as many as the topic
 * keeps, plus those that came since the start.
 */
public final class WrittenCommands implements AutoCloseable {

  private final ConcurrentMap<String, String> fingerprints = new ConcurrentHashMap<>();
  private final TopicFollower<JobControl> follower;

  /** Starts to follow the topic. */
  public WrittenCommands(KafkaClients clients, Events events) {
    this.follower = TopicFollower.start(Topics.JOB_CONTROL, clients, events, this::receive);
  }

  /** What the command with that id selected; empty when there is no such command. */
  Optional<String> fingerprint(String eventId) {
    return Optional.ofNullable(fingerprints.get(eventId));
  }

  /** Remembers a command that is committed. */
  void add(String eventId, @Nullable PhotoSelection selection) {
    fingerprints.put(eventId, CommandRequest.fingerprint(selection));
  }

  /** Done when what was in the topic at the start is known. */
  Mono<Void> caughtUp() {
    return Mono.fromFuture(follower.caughtUp(), true);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void receive(Followed<JobControl> control) {
    var value = control.value();
    if (value == null) {
      return;
    }
    switch (value.getCommand()) {
      case CANCEL, RESUME, RETRY -> add(value.getEventId(), value.getSelection());
      // Not given by this door, or derived from a manifest.
      case SUBMIT, RELEASE, RESOLVE, REMATCH, UNKNOWN -> {}
    }
  }
}
