package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.schemas.FailureCode.SOURCE_FORBIDDEN;
import static facesort.schemas.FailureCode.TOO_MANY_BYTES;
import static facesort.worker.rules.EventRule.that;

import facesort.schemas.ObjectRef;
import facesort.service.ObjectKeys;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/** Rules for the photo that an event names. */
final class SourceRules {
  private static final long MOST_BYTES = 50L * 1024 * 1024;

  private SourceRules() {}

  /**
   * The rules for events that name their photo this way.
   *
   * @param isUsed true for events whose photo will be read or passed on; others may name anything
   */
  static <E extends SpecificRecord> List<EventRule<E>> of(
      Predicate<E> isUsed, Function<E, String> owner, Function<E, ObjectRef> source) {
    Predicate<E> unused = isUsed.negate();
    return List.of(
        that(
            SOURCE_FORBIDDEN,
            "source names no bucket",
            unused.or(event -> !source.apply(event).getBucket().isBlank())),
        that(
            SOURCE_FORBIDDEN,
            "source has a key with empty or upward steps or characters that no key has",
            unused.or(event -> ObjectKeys.isCanonical(source.apply(event).getKey()))),
        that(
            SOURCE_FORBIDDEN,
            "source is not in the owner's part",
            unused.or(
                event -> ObjectKeys.belongsTo(owner.apply(event), source.apply(event).getKey()))),
        that(
            INVALID_EVENT,
            "source has a blank etag",
            unused.or(event -> {
              String etag = source.apply(event).getEtag();
              return etag == null || !etag.isBlank();
            })),
        that(
            INVALID_EVENT,
            "source has a negative length",
            unused.or(event -> {
              Long length = source.apply(event).getLength();
              return length == null || length >= 0;
            })),
        that(
            TOO_MANY_BYTES,
            "source has more than 50 MB",
            unused.or(event -> {
              Long length = source.apply(event).getLength();
              return length == null || length <= MOST_BYTES;
            })));
  }
}
