package facesort.ingest.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.EventIds;
import facesort.schemas.JobCommand;
import facesort.schemas.Lane;
import facesort.schemas.TaskKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionRecordsTest {

  private final SubmissionEvents events = new SubmissionEvents("facesort");

  @ParameterizedTest
  @CsvSource({
    "1, 0, '0'",
    "999, 0, '0'",
    "1000, 0, '0 999'",
    "1999, 0, '0 999'",
    "2000, 0, '0 999 1999'",
    "2000, 1500, '1500'",
    "2000, 2000, ''",
    "2000, 1, '1 1001'"
  })
  void starts_cutsTheListIntoTransactionsOfAtMostAThousandRecords(
      int total, int from, String expected) {
    var starts = SubmissionRecords.starts(total, from);

    assertThat(String.join(" ", starts.stream().map(String::valueOf).toList())).isEqualTo(expected);
    for (int start : starts) {
      int submit = start == 0 ? 1 : 0;
      assertThat(SubmissionRecords.end(total, start) - start + submit).isBetween(1, 1000);
    }
  }

  @Test
  void submit_saysWhatTheManifestSays() {
    var submit = events.submit(Manifests.ofUploads(3));

    assertThat(submit.getCommand()).isEqualTo(JobCommand.SUBMIT);
    assertThat(submit.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(1_000));
    assertThat(submit.getSubmit().getTotal()).isEqualTo(3);
    assertThat(submit.getSubmit().getDeadline()).isEqualTo(Instant.ofEpochMilli(2_000));
    assertThat(submit.getSubmit().getManifest().getKey())
        .isEqualTo("owners/demo/submissions/" + Manifests.JOB + ".json");
  }

  @Test
  void task_isDerivedFromTheManifestAlone() {
    var manifest = Manifests.ofUploads(3);

    var task = events.task(manifest, 2);

    assertThat(task).isEqualTo(events.task(manifest, 2));
    assertThat(task.getPosition()).isEqualTo(2);
    assertThat(task.getLane()).isEqualTo(Lane.BULK);
    assertThat(task.getTaskId())
        .isEqualTo(EventIds.task(Manifests.JOB, task.getPhotoId(), TaskKind.FACES));
    assertThat(task.getProfilesUpto()).hasSize(1);
    assertThat(task.getSource().getEtag()).isEqualTo("e");
  }

  @Test
  void events_haveIdsOfTheirOwn() {
    var manifest = Manifests.ofUploads(2);

    var ids =
        List.of(
            events.submit(manifest).getEventId(),
            events.task(manifest, 0).getEventId(),
            events.task(manifest, 1).getEventId());

    assertThat(ids).doesNotHaveDuplicates();
  }
}
