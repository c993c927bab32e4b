package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.schemas.Topics;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SmileSerdeTest {

  private static final JobEvents JOB = JobEvents.of("j");

  record Older(String name, List<Long> numbers) {}

  record Newer(String name, List<Long> numbers, @Nullable String more) {}

  @Test
  void everyEvent_comesBackAsItWas() {
    var serde = SmileSerde.of(JobEvent.class);
    var events =
        List.of(
            JOB.task("p"),
            JOB.task("p", FailureCode.DUPLICATE),
            JOB.faces("p", 3),
            JOB.match("p", 2, new JobEvent.Person("ann", true), new JobEvent.Person("bob", false)),
            JOB.delivery("p", "ann", 1, DeliveryState.SENT),
            JOB.cleaned(),
            JOB.submit(10),
            JOB.cancel("c"),
            JOB.retry("r", FailureCode.TOO_BIG),
            JOB.died(Topics.TASK_QUEUED.name(), "p", FailureCode.CORRUPT_IMAGE),
            JOB.died(Topics.JOB_CONTROL.name(), null, FailureCode.INVALID_EVENT));

    assertThat(events).allSatisfy(event -> assertThat(again(serde, event)).isEqualTo(event));
  }

  @Test
  void job_comesBackAsItWas_withoutNames() {
    var jobs = Jobs.after(List.of(JOB.submit(2), JOB.task("p"), JOB.cancel("c")));
    var record = JobRecord.of(jobs.job("j"));
    var serde = SmileSerde.of(JobRecord.class);

    assertThat(again(serde, record)).isEqualTo(record);
    assertThat(new String(bytes(serde, record), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("tally")
        .doesNotContain("publishedAt");
  }

  @Test
  void componentAtTheEnd_isPassedOverByOlderVersions_andNullForNewerOnes() {
    var older = new Older("a", List.of(1L, 2L));
    var newer = new Newer("a", List.of(1L, 2L), "b");

    assertThat(read(SmileSerde.of(Older.class), bytes(SmileSerde.of(Newer.class), newer)))
        .isEqualTo(older);
    assertThat(read(SmileSerde.of(Newer.class), bytes(SmileSerde.of(Older.class), older)))
        .isEqualTo(new Newer("a", List.of(1L, 2L), null));
  }

  private static <T> T again(Serde<T> serde, T value) {
    return read(serde, bytes(serde, value));
  }

  private static <T> byte[] bytes(Serde<T> serde, T value) {
    return serde.serializer().serialize("", value);
  }

  private static <T> T read(Serde<T> serde, byte[] bytes) {
    return serde.deserializer().deserialize("", bytes);
  }
}
