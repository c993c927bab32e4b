package facesort.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FriendFoldersTest {

  @ParameterizedTest
  @CsvSource({
    "Ada, ada",
    "Anna Lena, anna-lena",
    "../etc, etc",
    "Юля, friend-8",
    "under_score, under_score"
  })
  void id_isAFolderName(String name, String expected) {
    assertThat(FriendFolders.id(name, 7, new HashSet<>())).isEqualTo(expected);
  }

  @Test
  void id_staysUnique_forNamesThatLookAlike() {
    Set<String> taken = new HashSet<>();

    assertThat(FriendFolders.id("Ada", 0, taken)).isEqualTo("ada");
    assertThat(FriendFolders.id("ada", 1, taken)).isEqualTo("ada-2");
  }

  @Test
  void id_isShortEnough() {
    assertThat(FriendFolders.id("x".repeat(300), 999, new HashSet<>(Set.of("x".repeat(48)))))
        .hasSizeLessThanOrEqualTo(64)
        .matches("[A-Za-z0-9_-]+");
  }
}
