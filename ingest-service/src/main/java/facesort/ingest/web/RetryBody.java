package facesort.ingest.web;

import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.PhotoSelection;
import facesort.service.web.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The JSON of a retry; a photo is meant when it meets every list that is not empty.
 *
 * @param photoIds photo ids
 * @param codes failure codes
 * @param signatures failure signatures
 * @param reason why, for people
 */
record RetryBody(
    @Nullable List<@Nullable String> photoIds,
    @Nullable List<@Nullable String> codes,
    @Nullable List<@Nullable String> signatures,
    @Nullable String reason) {

  /** So that the record stays far below the topic's limit. */
  private static final int MOST_CHARACTERS = 200_000;

  /** The reason, checked. */
  @Nullable String checkedReason() {
    return new ReasonBody(reason).checked();
  }

  /** What is selected, checked. */
  PhotoSelection selection() {
    var photos = texts("photo_ids", photoIds);
    var words = texts("codes", codes);
    var prints = texts("signatures", signatures);
    if (photos.isEmpty() && words.isEmpty() && prints.isEmpty()) {
      throw new ApiException(
          HttpStatus.BAD_REQUEST,
          "EMPTY_SELECTION",
          "a retry names photo_ids, codes or signatures: to take up all that is left, resume the job");
    }
    refuseTooMany(Stream.of(photos, words, prints).flatMap(List::stream));
    photos.stream()
        .filter(id -> !EventIds.isValid(id))
        .findFirst()
        .ifPresent(id -> {
          throw InvalidRequest.of("photo_ids: '%s' is no id of a photo".formatted(id));
        });
    return PhotoSelection.newBuilder()
        .setPhotoIds(photos)
        .setCodes(words.stream().map(RetryBody::code).toList())
        .setSignatures(prints)
        .build();
  }

  private static void refuseTooMany(Stream<String> texts) {
    if (texts.mapToInt(String::length).sum() > MOST_CHARACTERS) {
      throw new ApiException(
          HttpStatus.CONTENT_TOO_LARGE,
          "SELECTION_TOO_LARGE",
          "the selection has more than %d characters: select by code or signature, or in several retries"
              .formatted(MOST_CHARACTERS));
    }
  }

  private static List<String> texts(String field, @Nullable List<@Nullable String> values) {
    return Objects.requireNonNullElse(values, List.<@Nullable String>of()).stream()
        .map(value -> JobBody.text(field, Optional.ofNullable(value).orElse("")))
        .distinct()
        .toList();
  }

  private static FailureCode code(String word) {
    return Stream.of(FailureCode.values())
        .filter(code -> code.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> InvalidRequest.of("codes: '%s' is no failure code".formatted(word)));
  }
}
