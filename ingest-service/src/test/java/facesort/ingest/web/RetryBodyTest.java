package facesort.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.schemas.FailureCode;
import facesort.service.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBodyTest {

  @Test
  void selection_takesAllLists() {
    var body =
        read(
            """
            {"photo_ids": ["p1", "p2", "p1"], "codes": ["corrupt_image"], "signatures": ["ab12"],
             "reason": "new decoder"}
            """);

    var selection = body.selection();

    assertThat(selection.getPhotoIds()).isEqualTo(List.of("p1", "p2"));
    assertThat(selection.getCodes()).isEqualTo(List.of(FailureCode.CORRUPT_IMAGE));
    assertThat(selection.getSignatures()).isEqualTo(List.of("ab12"));
    assertThat(body.checkedReason()).isEqualTo("new decoder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | EMPTY_SELECTION
          {"photo_ids": [], "codes": []}                | EMPTY_SELECTION
          {"photo_ids": ["../other"]}                   | INVALID_EVENT
          {"photo_ids": [null]}                         | INVALID_EVENT
          {"codes": ["NO_SUCH_CODE"]}                   | INVALID_EVENT
          """)
  void selection_refusesWhatSelectsNothingOrIsUnknown(String json, String code) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> read(json).selection())
        .satisfies(e -> assertThat(e.getBody().getProperties()).containsEntry("code", code));
  }

  @Test
  void selection_refusesMoreThanARecordHolds() {
    var ids = "\"" + "p".repeat(60) + "%d\"";
    var many = new StringBuilder(ids.formatted(0));
    for (int i = 1; i < 5_000; i++) {
      many.append(',').append(ids.formatted(i));
    }

    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> read("{\"photo_ids\": [" + many + "]}").selection())
        .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(413));
  }

  private static RetryBody read(String json) {
    return JsonPart.read(json.getBytes(StandardCharsets.UTF_8), "the body", RetryBody.class);
  }
}
