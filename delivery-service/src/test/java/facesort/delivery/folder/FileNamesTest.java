package facesort.delivery.folder;

import static facesort.delivery.send.Photos.pair;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"anna", "Anna B.", "Jürgen", "a_b-c", "anna@example.org", "山田"})
  void isFolder_takesPlainNames(String address) {
    assertThat(FileNames.isFolder(address.replaceAll("\\.$", ""))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "../x", "a/b", "/etc", "a\\b", ".hidden", "a\u0000b", "a\nb", "x."})
  void isFolder_refusesWhatLeadsElsewhere(String address) {
    assertThat(FileNames.isFolder(address)).isFalse();
  }

  @Test
  void of_isPhotoIdAndFileName() {
    assertThat(FileNames.of(pair("p1", 1L))).isEqualTo("p1-IMG.jpg");
  }

  @Test
  void ofJob_namesTheJobToo() {
    assertThat(FileNames.ofJob(pair("p1", 1L))).isEqualTo("p1-job12345-IMG.jpg");
  }

  @Test
  void of_makesForeignNamesHarmless() {
    assertThat(FileNames.of(pair("p1", 1L, "../../etc/pass\u0000wd", false)))
        .isEqualTo("p1-.._.._etc_pass_wd");
  }

  @Test
  void of_namesAPhotoWithoutName() {
    assertThat(FileNames.of(pair("p1", 1L, null, false))).isEqualTo("p1-photo.jpg");
  }

  @Test
  void of_keepsTheSuffixOfALongName() {
    var name = FileNames.of(pair("p1", 1L, "ü".repeat(300) + ".jpg", false));

    assertThat(name).endsWith("ü.jpg");
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(170);
  }
}
