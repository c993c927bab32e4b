package facesort.delivery.ledger;

import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchResult;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.sql.BatchHandler;
import facesort.service.sql.ReadEvent;
import io.r2dbc.spi.Connection;
import java.time.Clock;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns what delivery reads into rows: who is to get what, which jobs, which friends. */
public final class LedgerReader implements BatchHandler {

  /** Name of the reader: its consumer group and its rows in {@code watermark}. */
  public static final String NAME = "delivery-ledger";

  /** Everything that delivery reads. */
  public static final List<Topic<?>> TOPICS =
      List.of(Topics.MATCH_RESULT, Topics.JOB_STATUS, Topics.FRIEND_PROFILE, Topics.FRIEND_CONTACT);

  private final Friends friends = new Friends();
  private final Jobs jobs = new Jobs();
  private final Pairs pairs;

  /** Rows are stamped by this clock. */
  public LedgerReader(Clock clock) {
    pairs = new Pairs(clock);
  }

  @Override
  public void check(ReadEvent event) {
    switch (event.value()) {
      case MatchResult match -> {
        if (Plan.of(match) instanceof Plan.Invalid(var code, var message)) {
          throw new RefusedEvent(code, message);
        }
      }
      case JobStatus status -> requireIds(status.getJobId(), status.getOwnerId());
      case FriendProfile profile -> requireIds(profile.getOwnerId(), profile.getFriendId());
      case FriendContact contact -> requireIds(contact.getOwnerId(), contact.getFriendId());
      case null -> checkRemoval(event);
      default -> throw new RefusedEvent(FailureCode.INVALID_EVENT, "no event of this topic");
    }
  }

  private static void checkRemoval(ReadEvent event) {
    if (isFriend(event)) {
      friend(event);
    } else if (!event.topic().compacted()) {
      throw new RefusedEvent(FailureCode.UNDECODABLE, "a record without a value");
    }
  }

  private static void requireIds(String first, String second) {
    if (!EventIds.isValid(first) || !EventIds.isValid(second)) {
      throw new RefusedEvent(FailureCode.INVALID_EVENT, "an id is not an id");
    }
  }

  @Override
  public Mono<Void> apply(Connection connection, List<ReadEvent> events) {
    return Flux.fromIterable(events).concatMap(event -> apply(connection, event)).then();
  }

  private Mono<Void> apply(Connection connection, ReadEvent event) {
    return switch (event.value()) {
      case MatchResult match -> pairs.plan(connection, match, event.record());
      case JobStatus status -> jobs.status(connection, status);
      case FriendProfile profile -> friends.profile(connection, profile);
      case FriendContact contact -> friends.contact(connection, contact);
      case null -> removed(connection, event);
      default -> Mono.empty();
    };
  }

  /** A tombstone: a friend is forgotten; a job that is forgotten changes nothing that was done. */
  private Mono<Void> removed(Connection connection, ReadEvent event) {
    if (!isFriend(event)) {
      return Mono.empty();
    }
    var friend = friend(event);
    return event.topic().equals(Topics.FRIEND_PROFILE)
        ? friends.noProfile(connection, friend[0], friend[1])
        : friends.noContact(connection, friend[0], friend[1]);
  }

  private static boolean isFriend(ReadEvent event) {
    return event.topic().equals(Topics.FRIEND_PROFILE)
        || event.topic().equals(Topics.FRIEND_CONTACT);
  }

  private static String[] friend(ReadEvent event) {
    var ids = event.key().split("/", 2);
    if (ids.length != 2) {
      throw new RefusedEvent(FailureCode.INVALID_EVENT, "the key names no friend");
    }
    return ids;
  }
}
