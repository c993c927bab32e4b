package facesort.inference.enroll;

import facesort.inference.enroll.ReferenceVerdict.Refused;
import facesort.inference.onnx.FaceModels;
import facesort.inference.settings.InferenceSettings;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.ObjectRef;
import facesort.schemas.Topics;
import facesort.worker.DependencyFailed;
import facesort.worker.Outgoing;
import facesort.worker.RejectedTask;
import facesort.worker.Stage;
import facesort.worker.Task;
import facesort.worker.TaskContext;
import facesort.worker.WorkerContext;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The role enroll: answers every version of every profile, so that nobody waits for an answer that
 * never comes. Without consent no photo is looked at.
 */
public final class EnrollStage {
  private static final int MOST_REFERENCES = 32;
  private static final int AT_ONCE = 2;

  /** A profile has up to 32 photos. */
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private EnrollStage() {}

  /** Profiles in, galleries out. */
  public static Stage<Enroller, FriendProfile, FriendGallery> stage() {
    return Stage.<Enroller, FriendProfile, FriendGallery>named("enroll")
        .reads(Topics.FRIEND_PROFILE)
        .model(FaceModels.modelId())
        .device(Enroller::device)
        .buckets(AT_ONCE, 2 * AT_ONCE, 4 * AT_ONCE)
        .deadline(DEADLINE)
        .settings(InferenceSettings.class)
        .loadPipeline(Enroller::load)
        .process((context, tasks) -> context.each(tasks, AT_ONCE, task -> gallery(context, task)))
        .publishNext((context, task, gallery) -> List.of(answer(gallery)))
        .publishRefused((context, task, code, why) -> refused(context, task.event(), code))
        .build();
  }

  /**
   * Nobody waits in vain for a profile that was set aside; but a forged one names somebody else.
   */
  private static List<Outgoing<?>> refused(
      WorkerContext context, FriendProfile profile, FailureCode code) {
    return code == FailureCode.INVALID_EVENT || code == FailureCode.OWNER_MISMATCH
        ? List.of()
        : List.of(answer(new GalleryAnswer(profile, context.clock()).refused(code)));
  }

  private static Outgoing<FriendGallery> answer(FriendGallery gallery) {
    return new Outgoing<>(
        Topics.FRIEND_GALLERY,
        EventIds.friendKey(gallery.getOwnerId(), gallery.getFriendId()),
        gallery);
  }

  private static Mono<FriendGallery> gallery(
      TaskContext<Enroller> context, Task<FriendProfile> task) {
    FriendProfile profile = task.event();
    GalleryAnswer answer = new GalleryAnswer(profile, context.clock());
    if (profile.getErased()) {
      return Mono.just(context.pipeline().refused(answer, FailureCode.ERASED));
    }
    if (!profile.getConsent().getGiven()) {
      return Mono.just(context.pipeline().refused(answer, FailureCode.NO_CONSENT));
    }
    return Flux.fromIterable(profile.getReferences())
        .take(MOST_REFERENCES)
        .concatMap(reference -> verdict(context, task, reference))
        .collectList()
        .map(verdicts -> context.pipeline().gallery(answer, verdicts));
  }

  /** A reference that cannot be used is refused beside the others. */
  private static Mono<ReferenceVerdict> verdict(
      TaskContext<Enroller> context, Task<FriendProfile> task, ObjectRef reference) {
    return context
        .read(task.event().getOwnerId(), reference)
        .flatMap(photo -> context.compute(() -> context.pipeline().judge(photo.bytes())))
        .onErrorResume(
            RejectedTask.class,
            rejected -> Mono.just(new Refused(rejected.code(), 0, rejected.why())))
        .onErrorResume(DependencyFailed.class, failed -> refusedAtLast(context, task, failed));
  }

  /** One that alone cannot be read must not keep the others out; an outage refuses none. */
  private static Mono<ReferenceVerdict> refusedAtLast(
      TaskContext<Enroller> context, Task<FriendProfile> task, DependencyFailed failed) {
    return context
        .answers(failed.dependency())
        .filter(up -> up && task.isLastTry())
        .<ReferenceVerdict>map(up -> new Refused(failed.code(), 0, failed.why()))
        .switchIfEmpty(Mono.error(failed));
  }
}
