package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputPrefixTest {

  private static final OutputPrefix PREFIX = new OutputPrefix("anna", "job-1", "t1", "blur");

  @Test
  void key_liesBelowTheTaskAndItsStage() {
    assertThat(PREFIX.key("result.json"))
        .hasToString("owners/anna/jobs/job-1/tasks/t1/blur/result.json");
    assertThat(PREFIX.key("crops/1.jpg").value())
        .startsWith(PREFIX.value())
        .startsWith(ObjectKeys.jobPrefix("anna", "job-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/x",
        "x/",
        "..",
        "../x",
        "a/../../x",
        ".",
        "%2e%2e/x",
        "..\\x",
        "a\u0000",
        "\uff0e\uff0e/x",
        "a//b"
      })
  void key_refusesWhatLeadsOutOrNowhere(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> PREFIX.key(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "ä", "a b"})
  void prefix_refusesWhatIsNoId(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new OutputPrefix(id, "j", "t", "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> new OutputPrefix("o", id, "t", "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> new OutputPrefix("o", "j", id, "s"));
    assertThatIllegalArgumentException().isThrownBy(() -> new OutputPrefix("o", "j", "t", id));
  }
}
