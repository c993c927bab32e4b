package facesort.ops.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobStreamTest {
  private final JobStream.Event event = new JobStream.Event();

  @Test
  void event_isTheJob_whenItsLastLineIsThere() {
    assertThat(event.take("id: 4.7.0.1")).isEmpty();
    assertThat(event.take("event: job")).isEmpty();
    assertThat(event.take("data: {\"job_id\": \"j\",")).isEmpty();
    assertThat(event.take("data: \"state\": \"COMPLETED\"}")).isEmpty();

    Optional<Job> job = event.take("");

    assertThat(job).map(Job::jobId).contains("j");
    assertThat(job).map(Job::isFinished).contains(true);
  }

  @Test
  void commentsAndOtherEvents_areNoJob() {
    assertThat(event.take(":still here")).isEmpty();
    assertThat(event.take("")).isEmpty();
    event.take("event: other");
    event.take("data: {\"job_id\": \"j\"}");
    assertThat(event.take("")).isEmpty();
    assertThat(event.take("")).isEmpty();
  }
}
