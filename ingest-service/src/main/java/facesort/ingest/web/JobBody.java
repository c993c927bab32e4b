package facesort.ingest.web;

import facesort.ingest.job.JobRequest;
import facesort.schemas.Lane;
import facesort.schemas.ReleasePolicy;
import facesort.service.web.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The JSON of a job; every field may be left out.
 *
 * @param name name for people
 * @param idempotencyKey the owner's name for this request
 * @param release auto or dry_run
 * @param lane bulk or interactive
 * @param keys photos in the bucket
 * @param keepOriginals whether cleanup leaves all photos
 * @param deleteSource whether cleanup removes the photos named by key
 */
record JobBody(
    @Nullable String name,
    @Nullable String idempotencyKey,
    @Nullable String release,
    @Nullable String lane,
    @Nullable List<@Nullable String> keys,
    @Nullable Boolean keepOriginals,
    @Nullable Boolean deleteSource) {

  private static final int LONGEST_TEXT = 200;

  /** The request of that owner, checked. */
  JobRequest request(String ownerId) {
    return new JobRequest(
        ownerId,
        idempotencyKey == null
            ? UUID.randomUUID().toString()
            : text("idempotency_key", idempotencyKey),
        name == null ? null : text("name", name),
        releasePolicy(),
        laneOrNull(),
        checkedKeys(),
        Boolean.TRUE.equals(keepOriginals),
        Boolean.TRUE.equals(deleteSource));
  }

  private ReleasePolicy releasePolicy() {
    return switch (release == null ? "auto" : release.toLowerCase(Locale.ROOT)) {
      case "auto" -> ReleasePolicy.AUTO;
      case "dry_run" -> ReleasePolicy.DRY_RUN;
      case "review" ->
          throw new ApiException(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "NOT_SUPPORTED",
              "release review is not supported yet: use auto or dry_run");
      default ->
          throw InvalidRequest.of("release must be auto or dry_run, it is '%s'".formatted(release));
    };
  }

  private @Nullable Lane laneOrNull() {
    if (lane == null) {
      return null;
    }
    return switch (lane.toLowerCase(Locale.ROOT)) {
      case "bulk" -> Lane.BULK;
      case "interactive" -> Lane.INTERACTIVE;
      default ->
          throw InvalidRequest.of("lane must be bulk or interactive, it is '%s'".formatted(lane));
    };
  }

  private List<String> checkedKeys() {
    if (keys == null) {
      return List.of();
    }
    return keys.stream()
        .map(key -> {
          if (key == null || key.isBlank()) {
            throw InvalidRequest.of("keys must hold names of objects, one is empty");
          }
          return key;
        })
        .toList();
  }

  static String text(String field, String value) {
    if (value.isBlank()
        || value.length() > LONGEST_TEXT
        || value.chars().anyMatch(Character::isISOControl)) {
      throw InvalidRequest.of(
          "%s must be 1 to %d characters without control characters"
              .formatted(field, LONGEST_TEXT));
    }
    return value;
  }
}
