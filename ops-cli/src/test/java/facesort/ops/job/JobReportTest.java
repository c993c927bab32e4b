package facesort.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.api.Job;
import facesort.ops.api.Job.DeliveryCounts;
import facesort.ops.api.Job.PhotoCounts;
import facesort.ops.api.Photo.Person;
import facesort.ops.console.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobReportTest {

  @Test
  void exitCode_isDone_forACompletedJob_unlessStrictAndAPhotoFailed() {
    assertThat(JobReport.exitCode(job("COMPLETED", 1), false)).isEqualTo(ExitCode.DONE);
    assertThat(JobReport.exitCode(job("COMPLETED", 1), true)).isEqualTo(ExitCode.JOB_FAILED);
    assertThat(JobReport.exitCode(job("COMPLETED", 0), true)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void exitCode_isJobFailed_forAJobThatFailedOrWasCancelled() {
    assertThat(JobReport.exitCode(job("FAILED", 2), false)).isEqualTo(ExitCode.JOB_FAILED);
    assertThat(JobReport.exitCode(job("CANCELLED", 0), false)).isEqualTo(ExitCode.JOB_FAILED);
  }

  @Test
  void stateText_namesFailedPhotos() {
    assertThat(job("COMPLETED", 1).stateText()).isEqualTo("COMPLETED (1 failed)");
    assertThat(job("COMPLETED", 0).stateText()).isEqualTo("COMPLETED");
  }

  @Test
  void score_isMarked_whenAPersonHasToLook() {
    assertThat(JobReport.score(person("MATCHED", 0.714))).isEqualTo("0.71");
    assertThat(JobReport.score(person("REVIEW", 0.45))).isEqualTo("0.45?");
  }

  private static Job job(String state, int failed) {
    return new Job(
        "job",
        "demo",
        null,
        state,
        null,
        "AUTO",
        0,
        2,
        new PhotoCounts(2, 2 - failed, 0, 0, 0, failed, 0, 0),
        3,
        new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, 0, 0),
        null,
        null,
        null,
        null,
        null,
        null,
        true,
        0,
        List.of(),
        List.of());
  }

  private static Person person(String decision, double score) {
    return new Person("ada", "Ada", score, decision, "SENT", null, "folder");
  }
}
