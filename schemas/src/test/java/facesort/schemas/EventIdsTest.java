package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

  @Test
  void uuid5_matchesTheExampleOfRfc9562() {
    var dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    assertThat(EventIds.uuid5(dns, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void event_differsByEveryPart() {
    var ids =
        java.util.List.of(
            EventIds.event(Topics.MATCH_RESULT, "t", 0, 0, 0),
            EventIds.event(Topics.FACES_DETECTED, "t", 0, 0, 0),
            EventIds.event(Topics.MATCH_RESULT, "u", 0, 0, 0),
            EventIds.event(Topics.MATCH_RESULT, "t", 1, 0, 0),
            EventIds.event(Topics.MATCH_RESULT, "t", 0, 1, 0),
            EventIds.event(Topics.MATCH_RESULT, "t", 0, 0, 1));

    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void job_doesNotMixOwnerAndKey() {
    assertThat(EventIds.job("ab", "c")).isNotEqualTo(EventIds.job("a", "bc"));
  }

  @Test
  void isValid_refusesWhatCouldLeaveAPrefix() {
    assertThat(EventIds.isValid("anna_2-B")).isTrue();
    assertThat(java.util.List.of("", "..", "a/b", "a b", "ä", "x".repeat(65)))
        .noneMatch(EventIds::isValid);
  }

  @Test
  void isValid_saysWhatTheFormSays_ofEveryCharacterAndLength() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      var id = "a" + (char) c;
      assertThat(EventIds.isValid(id)).as("U+%04x", c).isEqualTo(id.matches(EventIds.FORM));
    }
    for (int length = 0; length <= 70; length++) {
      var id = "x".repeat(length);
      assertThat(EventIds.isValid(id)).as(id).isEqualTo(id.matches(EventIds.FORM));
    }
  }
}
