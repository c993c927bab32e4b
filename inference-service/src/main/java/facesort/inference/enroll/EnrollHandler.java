package facesort.inference.enroll;

import facesort.inference.detect.PhotoExaminer;
import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.source.PhotoSource;
import facesort.inference.task.Outcome;
import facesort.inference.task.Task;
import facesort.inference.task.TaskHandler;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.ObjectRef;
import facesort.schemas.Topics;
import facesort.service.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The role enroll: answers every version of every profile, so that nobody waits for an answer that
 * never comes. Without consent no photo is looked at.
 */
public final class EnrollHandler implements TaskHandler<FriendProfile> {
  private static final int MOST_REFERENCES = 32;
  private static final int AT_ONCE = 2;
  private static final Duration LIMIT = Duration.ofMinutes(9);

  private final PhotoSource source;
  private final PhotoExaminer examiner;
  private final Clock clock;

  /** Works with these; closes none of them. */
  public EnrollHandler(PhotoSource source, PhotoExaminer examiner, Clock clock) {
    this.source = source;
    this.examiner = examiner;
    this.clock = clock;
  }

  @Override
  public List<Outcome> handle(List<Task<FriendProfile>> tasks) {
    return Objects.requireNonNull(
        Flux.fromIterable(tasks)
            .flatMapSequential(task -> outcome(task.event()), AT_ONCE)
            .collectList()
            .block(LIMIT));
  }

  private Mono<Outcome> outcome(FriendProfile profile) {
    if (!EventIds.isValid(profile.getOwnerId()) || !EventIds.isValid(profile.getFriendId())) {
      return Mono.just(
          new Outcome.Refuse(
              DeadLetter.unattributed(FailureCode.INVALID_EVENT, "Not a profile's ids")));
    }
    return gallery(profile)
        .map(gallery ->
            new Outcome.Publish<>(
                Topics.FRIEND_GALLERY,
                EventIds.friendKey(profile.getOwnerId(), profile.getFriendId()),
                gallery));
  }

  private Mono<FriendGallery> gallery(FriendProfile profile) {
    GalleryAnswer answer = new GalleryAnswer(profile, clock);
    if (profile.getErased()) {
      return Mono.just(answer.refused(FailureCode.ERASED));
    }
    if (!profile.getConsent().getGiven()) {
      return Mono.just(answer.refused(FailureCode.NO_CONSENT));
    }
    return Flux.fromIterable(profile.getReferences())
        .take(MOST_REFERENCES)
        .concatMap(reference -> verdict(profile.getOwnerId(), reference))
        .collectList()
        .map(answer::to);
  }

  private Mono<ReferenceVerdict> verdict(String ownerId, ObjectRef reference) {
    return source
        .read(ownerId, reference)
        .flatMap(photo -> examiner.examine(photo.bytes()))
        .map(examined -> EnrollGate.judge(examined.faces()))
        .onErrorResume(
            RejectedPhoto.class,
            rejected ->
                Mono.just(new Refused(rejected.code(), 0, String.valueOf(rejected.getMessage()))));
  }
}
