package facesort.ingest.web;

import facesort.ingest.photo.ReceivedPart;
import facesort.schemas.FailureCode;
import facesort.service.web.ApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON of requests; says in one line what is wrong and where. */
final class JsonPart {

  /** Longest JSON of a request, bytes. */
  static final long MAX_BYTES = 16L * 1024 * 1024;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonPart() {}

  /** The part as an object of that form. */
  static <T> T read(ReceivedPart part, Class<T> form) {
    var what = "part " + part.name();
    if (part.isDropped()) {
      throw new ApiException(
          HttpStatus.CONTENT_TOO_LARGE,
          FailureCode.TOO_MANY_BYTES,
          "%s has more than %d bytes: split the request".formatted(what, MAX_BYTES));
    }
    try {
      return read(part.bytes(), what, form);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes as an object of that form. */
  static <T> T read(byte[] bytes, String what, Class<T> form) {
    T value;
    try {
      value = JSON.readValue(bytes, form);
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw InvalidRequest.of(
          "%s, line %d, column %d: %s"
              .formatted(what, at.getLineNr(), at.getColumnNr(), firstLine(e)));
    }
    if (value == null) {
      throw InvalidRequest.of(what + " must be a JSON object");
    }
    return value;
  }

  private static String firstLine(JacksonException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("not readable");
  }
}
