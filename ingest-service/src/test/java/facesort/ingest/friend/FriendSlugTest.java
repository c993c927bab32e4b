package facesort.ingest.friend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FriendSlugTest {

  @ParameterizedTest
  @CsvSource({
    "Anna, anna",
    "Anna Müller, anna-muller",
    "José  María, jose-maria",
    "O'Neil & Söhne!, o-neil-sohne",
    "--x--, x",
    "a_b-c, a_b-c",
    "日本, ''"
  })
  void of_makesAnIdFromAName(String name, String expected) {
    assertThat(FriendSlug.of(name)).isEqualTo(expected);
  }

  @Test
  void of_keepsToTheLengthOfAnId() {
    assertThat(FriendSlug.of("a".repeat(63) + " " + "b".repeat(63))).isEqualTo("a".repeat(63));
  }
}
