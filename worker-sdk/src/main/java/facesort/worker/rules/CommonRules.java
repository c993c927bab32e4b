package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.worker.rules.EventRule.that;

import facesort.schemas.Causation;
import facesort.schemas.EventIds;
import facesort.schemas.PartitionOffset;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Rules for events of every type that have the field, and checks that several types share. */
final class CommonRules {
  static final List<EventRule<SpecificRecord>> RULES =
      List.of(
          that(
              INVALID_EVENT,
              "event_id is blank",
              holds("event_id", String.class, id -> !id.isBlank())),
          that(
              INVALID_EVENT,
              "occurred_at lies before 1970",
              holds("occurred_at", Instant.class, at -> !at.isBefore(Instant.EPOCH))),
          that(
              INVALID_EVENT,
              "owner_id is no id of [A-Za-z0-9_-]{1,64}",
              holds("owner_id", String.class, EventIds::isValid)),
          that(
              INVALID_EVENT,
              "job_id is no id of [A-Za-z0-9_-]{1,64}",
              holds("job_id", String.class, EventIds::isValid)),
          that(
              INVALID_EVENT,
              "photo_id is no id of [A-Za-z0-9_-]{1,64}",
              holds("photo_id", String.class, EventIds::isValid)),
          that(
              INVALID_EVENT,
              "run is not 0 to 1000000",
              holds("run", Integer.class, run -> run >= 0 && run <= 1_000_000)),
          that(
              INVALID_EVENT,
              "causation names no place in a topic",
              holds("causation", Causation.class, CommonRules::isPlace)));

  private static final int MOST_PHOTOS = 1_000_000;
  private static final int LONGEST_FILENAME = 255;

  private CommonRules() {}

  static boolean isPosition(int position) {
    return position >= 0 && position < MOST_PHOTOS;
  }

  static boolean isTotal(@Nullable Integer total) {
    return total == null || (total >= 1 && total <= MOST_PHOTOS);
  }

  static boolean isShort(@Nullable String filename) {
    return filename == null || filename.length() <= LONGEST_FILENAME;
  }

  /** Control characters of ASCII: ingest removes no others. */
  static boolean isPrintable(@Nullable String filename) {
    return filename == null || filename.chars().noneMatch(c -> c < 0x20 || c == 0x7f);
  }

  static boolean areOffsets(@Nullable List<PartitionOffset> offsets) {
    return offsets == null
        || offsets.stream().allMatch(end -> end.getPartition() >= 0 && end.getOffset() >= 0);
  }

  static boolean areOnce(@Nullable List<PartitionOffset> offsets) {
    return offsets == null
        || offsets.stream().map(PartitionOffset::getPartition).distinct().count() == offsets.size();
  }

  private static boolean isPlace(Causation causation) {
    return !causation.getTopic().isBlank()
        && causation.getPartition() >= 0
        && causation.getOffset() >= 0;
  }

  /** Holds for events that have no such field or nothing in it, too. */
  private static <T> Predicate<SpecificRecord> holds(
      String name, Class<T> type, Predicate<T> rule) {
    return event -> {
      var field = event.getSchema().getField(name);
      var value = field == null ? null : event.get(field.pos());
      return !type.isInstance(value) || rule.test(type.cast(value));
    };
  }
}
