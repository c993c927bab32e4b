package facesort.state.job;

import facesort.schemas.DeliveryState;
import facesort.schemas.EventIds;
import facesort.schemas.KeepReason;
import facesort.schemas.KeptObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The originals that cleanup has to leave: those of photos that failed, of pairs that wait for the
 * owner, whose answer was lost or that failed. Each stays for a time that begins with the first
 * request of the run; a photo that was cancelled goes with it.
 *
 * @param objects what stays and why
 * @param againAt when the first of them may go, milliseconds since 1970 UTC; null = never
 * @param failed true when photos that failed are among what stays
 * @param cancelled true when photos that were cancelled are
 */
record KeptOriginals(
    List<KeptObject> objects, @Nullable Long againAt, boolean failed, boolean cancelled) {

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
   * @param failedStay time that originals of photos that failed stay
   * @param now wall clock, milliseconds since 1970 UTC
   */
  static KeptOriginals of(
      JobFacts job, Iterator<Map.Entry<String, PhotoFacts>> photos, Duration failedStay, long now) {
    var submission = job.intake().submission();
    if (submission != null && submission.keepOriginals()) {
      return kept(List.of(new KeptObject(ALL, KeepReason.KEEP_ORIGINALS, null)), true);
    }
    var asked = job.cleaning().askedAt();
    var from = Instant.ofEpochMilli(asked == null ? now : asked);
    var objects = new ArrayList<KeptObject>();
    while (photos.hasNext()) {
      var photo = photos.next();
      reason(job, photo.getValue())
          .map(reason -> object(photo.getKey(), reason, from, failedStay))
          .filter(object -> now < object.getUntil().toEpochMilli())
          .ifPresent(objects::add);
    }
    var failedKept = now < from.plus(failedStay).toEpochMilli();
    return size(objects) <= MOST_BYTES
        ? kept(objects, failedKept)
        : kept(List.of(allOf(objects)), true);
  }

  private static KeptObject object(
      String photoId, KeepReason reason, Instant from, Duration failedStay) {
    var time = reason == KeepReason.FAILED_PHOTO ? failedStay : UNDECIDED;
    return new KeptObject(photoId, reason, from.plus(time));
  }

  private static int size(List<KeptObject> objects) {
    return objects.stream().mapToInt(object -> object.getPhotoId().length() + BESIDE_ID).sum();
  }

  private static Optional<KeepReason> reason(JobFacts job, PhotoFacts photo) {
    var state = photo.state(job.runs());
    if (!photo.queued() || state.inFlight() || state == PhotoState.FAILED) {
      return Optional.of(KeepReason.FAILED_PHOTO);
    }
    var pairs = photo.deliveries().values();
    if (job.heldPairs() > 0 && pairs.contains(DeliveryState.HELD)) {
      return Optional.of(KeepReason.HELD_DELIVERY);
    }
    if (pairs.contains(DeliveryState.UNKNOWN)) {
      return Optional.of(KeepReason.UNKNOWN_DELIVERY);
    }
    return pairs.contains(DeliveryState.FAILED)
        ? Optional.of(KeepReason.FAILED_DELIVERY)
        : Optional.empty();
  }

  /** Too many to name: better all stay for now than one is lost. */
  private static KeptObject allOf(List<KeptObject> objects) {
    return new KeptObject(ALL, objects.getFirst().getReason(), earliest(objects).orElse(null));
  }

  private static KeptOriginals kept(List<KeptObject> objects, boolean failed) {
    var all = objects.stream().anyMatch(object -> object.getPhotoId().equals(ALL));
    return new KeptOriginals(
        objects, earliest(objects).map(Instant::toEpochMilli).orElse(null), failed, all);
  }

  private static Optional<Instant> earliest(List<KeptObject> objects) {
    return objects.stream()
        .map(KeptObject::getUntil)
        .filter(Objects::nonNull)
        .min(Instant::compareTo);
  }
}
