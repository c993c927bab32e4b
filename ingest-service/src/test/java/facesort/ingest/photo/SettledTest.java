package facesort.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.FailureCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettledTest {

  private static final String JPEG = "\u00ff\u00d8\u00ff\u00e0";
  private static final String HEIC = "\u0000\u0000\u0000\u0018ftypheic";

  @ParameterizedTest
  @CsvSource({
    "0, '', EMPTY_FILE",
    "52428801, JPEG, TOO_MANY_BYTES",
    "100, HEIC, UNSUPPORTED_HEIC",
    "100, hello, UNSUPPORTED_TYPE"
  })
  void byContent_namesWhatIsWrong(long length, String head, FailureCode expected) {
    assertThat(Settled.byContent(length, bytes(head)))
        .get()
        .extracting(Settled::code)
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1", "52428800"})
  void byContent_letsAPhotoOfAnyAllowedLengthPass(long length) {
    assertThat(Settled.byContent(length, bytes("JPEG"))).isEmpty();
  }

  @Test
  void byLength_saysHowMuchIsTaken() {
    assertThat(Settled.byLength(60_000_000).orElseThrow().message())
        .contains("60000000")
        .contains("52428800");
  }

  private static byte[] bytes(String head) {
    var text = head.replace("JPEG", JPEG).replace("HEIC", HEIC);
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
