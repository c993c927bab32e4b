package facesort.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhotoTypeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF|JPEG",
        "\u00ff\u00d8\u00fe|OTHER",
        "RIFF\u0001\u0002\u0003\u0004WEBPVP8 |WEBP",
        "RIFF\u0001\u0002\u0003\u0004WAVEfmt |OTHER",
        "RIFF|OTHER",
        "\u0000\u0000\u0000\u0018ftypheic|HEIC",
        "\u0000\u0000\u0000\u0018ftypmif1|HEIC",
        "\u0000\u0000\u0000\u0018ftypisom|OTHER",
        "\u0000\u0000\u0000\u0018ftyp|OTHER",
        "GIF89a|OTHER",
        "BM|OTHER",
        "%PDF-1.7|OTHER",
        "x|OTHER"
      })
  void of_looksAtTheFirstBytesOnly(String head, PhotoType expected) {
    assertThat(PhotoType.of(bytes(head))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"8,PNG", "7,OTHER"})
  void of_takesAPngByItsWholeSignature(int length, PhotoType expected) {
    var signature = "\u0089PNG\r\n\u001a\n".substring(0, length);

    assertThat(PhotoType.of(bytes(signature))).isEqualTo(expected);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
