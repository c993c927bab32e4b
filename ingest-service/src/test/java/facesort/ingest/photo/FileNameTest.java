package facesort.ingest.photo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "a.jpg, a.jpg",
    "../../etc/passwd, passwd",
    "C:\\photos\\a b.jpg, a b.jpg",
    "owners/demo/in/x.png, x.png",
    "Müller ☀.jpg, Müller ☀.jpg"
  })
  void of_keepsTheLastStep(String given, String expected) {
    assertThat(FileName.of(given)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"''", "'  '", "..", "a/..", "dir/"})
  void of_isNullWhenNothingIsLeft(String given) {
    assertThat(FileName.of(given)).isNull();
  }

  @Test
  void of_removesControlCharacters() {
    assertThat(FileName.of("a\r\nb\u0000.jpg")).isEqualTo("ab.jpg");
  }

  @Test
  void of_keepsTheEndOfALongName() {
    assertThat(FileName.of("x".repeat(500) + ".jpg")).hasSize(200).endsWith("x.jpg");
  }
}
