package facesort.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.ingest.job.JobRequest;
import facesort.schemas.Lane;
import facesort.schemas.ReleasePolicy;
import facesort.service.web.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobBodyTest {

  @Test
  void request_takesAllFields() {
    var request =
        read(
            """
            {"name": "Wedding", "idempotency_key": "w1", "release": "dry_run", "lane": "bulk",
             "keys": ["owners/demo/in/a.jpg"], "keep_originals": true, "delete_source": true}
            """);

    assertThat(request)
        .isEqualTo(
            new JobRequest(
                "demo",
                "w1",
                "Wedding",
                ReleasePolicy.DRY_RUN,
                Lane.BULK,
                java.util.List.of("owners/demo/in/a.jpg"),
                true,
                true));
  }

  @Test
  void request_drawsAKeyWhenNoneIsGiven() {
    var first = read("{}");

    assertThat(first.release()).isEqualTo(ReleasePolicy.AUTO);
    assertThat(first.jobId()).isNotEqualTo(read("{}").jobId());
  }

  @Test
  void jobId_dependsOnOwnerAndKeyAlone() {
    var json = "{\"idempotency_key\": \"w1\"}";
    var named = "{\"idempotency_key\": \"w1\", \"name\": \"x\"}";

    assertThat(read(json).jobId()).isEqualTo(read(named).jobId());
    assertThat(read(json).jobId()).isNotEqualTo(body(json).request("other").jobId());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"release\": \"review\"} | 422 | not supported yet",
        "{\"release\": \"later\"} | 400 | release must be",
        "{\"lane\": \"fast\"} | 400 | lane must be",
        "{\"keys\": [\"\"]} | 400 | keys must",
        "{\"keys\": [null]} | 400 | keys must",
        "{\"name\": \" \"} | 400 | name must",
        "{\"idempotency_key\": \"\"} | 400 | idempotency_key must",
        "{\"photos\": 3} | 400 | photos",
        "{\"name\": \"x\" | 400 | line 1",
        "[] | 400 | line 1",
        "null | 400 | JSON object",
        "{} {} | 400 | line 1"
      })
  void request_refusesWithOneLineThatSaysWhatIsWrong(String json, int status, String what) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(status))
        .satisfies(e -> assertThat(e.getBody().getDetail()).contains(what).hasLineCount(1));
  }

  private static JobRequest read(String json) {
    return body(json).request("demo");
  }

  private static JobBody body(String json) {
    return JsonPart.read(json.getBytes(StandardCharsets.UTF_8), "part job", JobBody.class);
  }
}
