package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void all_hasEveryTopicOnce() {
    assertThat(Topics.ALL).extracting(Topic::name).doesNotHaveDuplicates().hasSize(12);
  }

  @Test
  void vectors_areGoneAfterSevenDays() {
    var week = String.valueOf(Duration.ofDays(7).toMillis());

    assertThat(Topics.FACES_DETECTED.settings()).containsEntry("retention.ms", week);
    assertThat(Topics.FACES_DETECTED.deadLetterSettings()).containsEntry("retention.ms", week);
  }

  @Test
  void commands_areALogThatIsNotCompacted() {
    assertThat(Topics.JOB_CONTROL.settings()).containsEntry("cleanup.policy", "delete");
    assertThat(Topics.JOB_STATUS.settings()).containsEntry("cleanup.policy", "compact");
  }

  @Test
  void named_findsATopicOfTheCatalogueOnly() {
    assertThat(Topics.named("match.result")).contains(Topics.MATCH_RESULT);
    assertThat(Topics.named("match.result-dlt")).isEmpty();
  }
}
