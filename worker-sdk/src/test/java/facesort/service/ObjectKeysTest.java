package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeysTest {

  @Test
  void photo_liesBelowItsJob() {
    assertThat(ObjectKeys.photo("anna", "job-1", "p00001"))
        .isEqualTo("owners/anna/jobs/job-1/photos/p00001")
        .startsWith(ObjectKeys.jobPrefix("anna", "job-1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a%2fb", "a\\b", "ä", "a b"})
  void photo_refusesWhatIsNoId(String photoId) {
    assertThatThrownBy(() -> ObjectKeys.photo("anna", "job", photoId))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "owners/anna/../ben/x",
        "owners/anna//x",
        "owners/anna/./x",
        "owners/anna/%2e%2e/x",
        "owners/anna/a\u0000b",
        "owners/anna/a\\b",
        "owners/annabel/x",
        "owners/ben/x",
        ""
      })
  void belongsTo_refusesWhatLeadsElsewhere(String key) {
    assertThat(ObjectKeys.belongsTo("anna", key)).isFalse();
  }

  @Test
  void belongsTo_takesAnOrdinaryKey() {
    assertThat(ObjectKeys.belongsTo("anna", "owners/anna/inbox/Fest 2026/Bild 1.jpg")).isTrue();
  }
}
