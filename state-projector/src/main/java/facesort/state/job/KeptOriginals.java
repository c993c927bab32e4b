package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.KeepReason;
import facesort.schemas.KeptObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The originals that cleanup has to leave: those of photos that are not settled well, of pairs that
 * wait for the owner, whose answer was lost or that failed.
 *
 * @param objects what stays and why
 * @param againAt when the first of them may go, milliseconds since 1970 UTC; null = never
 */
record KeptOriginals(List<KeptObject> objects, @Nullable Long againAt) {

  /** Names every original of the job: no photo has this id. */
  static final String ALL = EventIds.EVERY_PHOTO;

  /** Held and unknown pairs are decided within this time or not at all. */
  static final Duration UNDECIDED = Duration.ofDays(7);

  /** Names longer than this together would not fit into a record of 1 MiB. */
  static final int MOST_BYTES = 800_000;

  /** What a record takes for an object beside its photo's id, bytes. */
  private static final int BESIDE_ID = 12;

  /**
   * Decides photo by photo.
   *
   * @param photos every photo of the job by id
   * @param now wall clock, milliseconds since 1970 UTC
   */
  static KeptOriginals of(JobFacts job, Iterable<Map.Entry<String, PhotoFacts>> photos, long now) {
    var submission = job.intake().submission();
    if (submission != null && submission.keepOriginals()) {
      return kept(List.of(new KeptObject(ALL, KeepReason.KEEP_ORIGINALS, null)));
    }
    var objects = new ArrayList<KeptObject>();
    // Whoever did not decide in time does not keep the photo for ever.
    var finishedAt = job.finishedAt();
    var decided = finishedAt != null && now >= finishedAt + UNDECIDED.toMillis();
    for (var photo : photos) {
      reason(photo.getValue(), job.heldPairs() > 0)
          .filter(reason -> reason == KeepReason.FAILED_PHOTO || !decided)
          .map(reason -> new KeptObject(photo.getKey(), reason, until(reason, now)))
          .ifPresent(objects::add);
    }
    return kept(size(objects) <= MOST_BYTES ? objects : List.of(allOf(objects)));
  }

  private static int size(List<KeptObject> objects) {
    return objects.stream().mapToInt(object -> object.getPhotoId().length() + BESIDE_ID).sum();
  }

  private static Optional<KeepReason> reason(PhotoFacts photo, boolean heldIsAsked) {
    if (!photo.queued() || photo.state().inFlight() || photo.state() == PhotoState.FAILED) {
      return Optional.of(KeepReason.FAILED_PHOTO);
    }
    var pairs = photo.deliveries().values();
    if (heldIsAsked && pairs.contains(DeliveryState.HELD)) {
      return Optional.of(KeepReason.HELD_DELIVERY);
    }
    if (pairs.contains(DeliveryState.UNKNOWN)) {
      return Optional.of(KeepReason.UNKNOWN_DELIVERY);
    }
    return pairs.contains(DeliveryState.FAILED)
        ? Optional.of(KeepReason.FAILED_DELIVERY)
        : Optional.empty();
  }

  private static @Nullable Instant until(KeepReason reason, long now) {
    return reason == KeepReason.FAILED_PHOTO ? null : Instant.ofEpochMilli(now).plus(UNDECIDED);
  }

  /** Too many to name: better all stay for now than one is lost. */
  private static KeptObject allOf(List<KeptObject> objects) {
    return new KeptObject(ALL, objects.getFirst().getReason(), kept(objects).earliest());
  }

  private static KeptOriginals kept(List<KeptObject> objects) {
    var earliest =
        objects.stream().map(KeptObject::getUntil).filter(Objects::nonNull).min(Instant::compareTo);
    return new KeptOriginals(objects, earliest.map(Instant::toEpochMilli).orElse(null));
  }

  private @Nullable Instant earliest() {
    return againAt == null ? null : Instant.ofEpochMilli(againAt);
  }
}
