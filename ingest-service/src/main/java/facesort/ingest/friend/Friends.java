package facesort.ingest.friend;

import facesort.ingest.photo.PhotoStore;
import facesort.ingest.photo.ReceivedPart;
import facesort.ingest.photo.Settled;
import facesort.ingest.publish.TransactionalWriter;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.ObjectRef;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.StoredObject;
import facesort.service.web.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * A request's way to a friend: give it its reference photos one by one, then accept it. Safe for
 * use by many threads, each with its own {@link OpenFriend}.
 */
public final class Friends {

  private static final int MOST_REFERENCES = 32;
  private static final Duration CATCH_UP = Duration.ofSeconds(20);

  private final PhotoStore photoStore;
  private final ObjectStore store;
  private final ProfileVersions versions;
  private final TransactionalWriter writer;
  private final Events events;
  private final Clock clock;

  /** Over what it needs; all of it is closed by others. */
  public Friends(
      PhotoStore photoStore,
      ObjectStore store,
      ProfileVersions versions,
      TransactionalWriter writer,
      Events events,
      Clock clock) {
    this.photoStore = photoStore;
    this.store = store;
    this.versions = versions;
    this.writer = writer;
    this.events = events;
    this.clock = clock;
  }

  /** Stores one reference photo; refuses one that no enrolment could use. */
  public Mono<Void> reference(OpenFriend friend, ReceivedPart part) {
    refuseUnusable(friend, part);
    var owner = friend.request().ownerId();
    var key = ObjectKeys.reference(owner, friend.request().friendId(), part.sha256());
    if (friend.references().stream().anyMatch(known -> known.getKey().equals(key))) {
      return Mono.empty();
    }
    return photoStore
        .put(key, part)
        .doOnNext(stored -> friend.references().add(ref(stored)))
        .then();
  }

  /** Makes the friend known; done when the profile and the contact are committed. */
  public Mono<FriendAccepted> accept(OpenFriend friend) {
    var version = new AtomicLong();
    return versions
        .caughtUp()
        .timeout(CATCH_UP)
        .then(Mono.defer(() -> writer.commit(() -> records(friend, version))))
        .then(Mono.fromSupplier(() -> accepted(friend, version.get())));
  }

  /** On the writer's thread: the versions then have the order of the records in the topic. */
  private List<ProducerRecord<byte[], byte[]>> records(OpenFriend friend, AtomicLong version) {
    var request = friend.request();
    var key = EventIds.friendKey(request.ownerId(), request.friendId());
    long next = versions.next(key);
    version.set(next);
    var now = clock.instant();
    var profile = FriendRecords.profile(request, friend.references(), next, now);
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    records.add(events.record(Topics.FRIEND_PROFILE, key, profile));
    var contact = request.contact();
    if (contact != null) {
      var event = FriendRecords.contact(request, contact, next, now);
      records.add(events.record(Topics.FRIEND_CONTACT, key, event));
    }
    return records;
  }

  private static FriendAccepted accepted(OpenFriend friend, long version) {
    return new FriendAccepted(friend.request().friendId(), version, friend.references().size());
  }

  private static void refuseUnusable(OpenFriend friend, ReceivedPart part) {
    var label = part.filename() == null ? "without a name" : part.filename();
    if (!friend.request().consent()) {
      throw new ApiException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          FailureCode.NO_CONSENT,
          "friend %s did not consent, so no reference photo is kept: send consent true or no references"
              .formatted(friend.request().friendId()));
    }
    if (friend.references().size() >= MOST_REFERENCES) {
      throw new ApiException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "TOO_MANY_REFERENCES",
          "a friend has at most %d reference photos: leave some out".formatted(MOST_REFERENCES));
    }
    Settled.byContent(part.length(), part.head())
        .ifPresent(why -> {
          throw new ApiException(
              HttpStatus.UNPROCESSABLE_CONTENT,
              why.code(),
              "reference photo %s: %s".formatted(label, why.message()));
        });
  }

  private ObjectRef ref(StoredObject stored) {
    return ObjectRef.newBuilder()
        .setBucket(store.bucket())
        .setKey(stored.key())
        .setEtag(stored.etag())
        .setLength(stored.length())
        .build();
  }
}
