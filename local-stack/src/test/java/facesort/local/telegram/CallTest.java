package facesort.local.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallTest {

  @Test
  void parse_readsQueryAndForm() {
    Call call = Call.parse("chat_id=-7", null, bytes("text=two+words%21"));

    assertThat(call.field("chat_id")).isEqualTo("-7");
    assertThat(call.field("text")).isEqualTo("two words!");
  }

  @Test
  void parse_readsJson() {
    Call call = Call.parse(null, "application/json", bytes("{\"chat_id\":7,\"text\":\"a\"}"));

    assertThat(call.field("chat_id")).isEqualTo("7");
    assertThat(call.field("text")).isEqualTo("a");
  }

  @Test
  void parse_readsPartsWithLineBreaksInside() {
    String body =
        """
        --B\r
        Content-Disposition: form-data; name="chat_id"\r
        \r
        7\r
        --B\r
        Content-Disposition: form-data; name="photo"; filename="a b.jpg"\r
        Content-Type: image/jpeg\r
        \r
        x\r
        -y\r
        --B--\r
        """;

    Call call = Call.parse(null, "multipart/form-data; boundary=B", bytes(body));

    assertThat(call.field("chat_id")).isEqualTo("7");
    assertThat(call.files().get("photo"))
        .satisfies(upload -> {
          assertThat(upload.fileName()).isEqualTo("a b.jpg");
          assertThat(upload.bytes()).isEqualTo(bytes("x\r\n-y"));
        });
  }

  @Test
  void parse_refusesABodyThatIsCutOff() {
    byte[] cut = bytes("--B\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7");

    assertThatThrownBy(() -> Call.parse(null, "multipart/form-data; boundary=B", cut))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("cut off");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
