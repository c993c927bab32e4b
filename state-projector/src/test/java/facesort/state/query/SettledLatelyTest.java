package facesort.state.query;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.JobStatus;
import facesort.state.job.Records;
import facesort.state.query.SettledLately.Recent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettledLatelyTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final SettledLately lately = new SettledLately();

  @Test
  void of_countsTheLastMinute() {
    for (var second = 0; second <= 300; second += 10) {
      lately.saw(status(0, second, second * 2));
    }

    assertThat(at(300)).contains(new Recent(120, Duration.ofSeconds(60)));
    assertThat(at(330)).contains(new Recent(60, Duration.ofSeconds(60)));
    assertThat(at(400)).contains(new Recent(0, Duration.ofSeconds(60)));
  }

  @Test
  void of_aJobThatBeganLately_countsSinceThen() {
    lately.saw(status(0, 0, 0));
    lately.saw(status(0, 10, 5));

    assertThat(at(20)).contains(new Recent(5, Duration.ofSeconds(20)));
  }

  @Test
  void of_anotherRun_countsForItself() {
    lately.saw(status(0, 0, 900));
    lately.saw(status(1, 10, 100));
    lately.saw(status(1, 20, 130));

    assertThat(at(20)).contains(new Recent(30, Duration.ofSeconds(10)));
  }

  @Test
  void of_whatIsNotKnownLongEnough_orHasEnded_isEmpty() {
    assertThat(at(0)).isEmpty();
    lately.saw(status(0, 0, 0));
    assertThat(at(0)).isEmpty();
    lately.saw(status(0, 50, 1000));
    assertThat(at(60)).isEmpty();
    lately.saw(status(0, 70, 1));
    lately.gone("j");
    assertThat(at(80)).isEmpty();
  }

  private java.util.Optional<Recent> at(int second) {
    return lately.of("j", BEGIN.plusSeconds(second));
  }

  private static JobStatus status(int run, int second, int settled) {
    var status = Records.of("j", "o").status(1000);
    status.put("run", run);
    status.put("occurred_at", BEGIN.plusSeconds(second));
    status.getPhotos().put("submitted", 1000);
    status.getPhotos().put("in_flight", 1000 - settled);
    return status;
  }
}
