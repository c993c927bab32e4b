package facesort.state.web;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.state.job.Records;
import facesort.state.live.JobChange;
import facesort.state.query.SettledLately;
import facesort.state.query.StatusView;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class StreamControllerTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration OFTEN = Duration.ofMillis(5);

  private static JobChange change() {
    return new JobChange(
        "1.2", StatusView.of(Records.of("j", "o").status(1), new SettledLately(), Instant.EPOCH));
  }

  @Test
  void silentStream_saysThatItIsOpen_againAndAgain() {
    var comments =
        StreamController.withHeartbeats(Flux.never(), OFTEN).take(3).collectList().block(LIMIT);

    assertThat(comments).hasSize(3).allMatch(event -> "".equals(event.comment()));
  }

  @Test
  void stream_endsWithItsChanges_eachWithItsId() {
    var events =
        StreamController.withHeartbeats(Flux.just(change()), OFTEN).collectList().block(LIMIT);

    assertThat(events)
        .filteredOn(event -> event.data() != null)
        .extracting(event -> event.id() + " " + event.event())
        .containsExactly("1.2 job");
  }
}
