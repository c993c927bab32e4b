package facesort.ops.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.api.Job;
import facesort.ops.api.Job.DeliveryCounts;
import facesort.ops.api.Job.PhotoCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JobWatchTest {
  @Test
  void total_isWhatTheCallerKnows_untilTheSubmissionIsFolded() {
    assertThat(JobWatch.total(job(1, null), 15)).isEqualTo(15);
    assertThat(JobWatch.total(job(1, null), 0)).isZero();
  }

  @Test
  void total_isTheProjectors_afterwards() {
    assertThat(JobWatch.total(job(15, "2026-01-01T00:00:00Z"), 0)).isEqualTo(15);
  }

  private static Job job(int total, @Nullable String submittedAt) {
    return new Job(
        "job",
        "demo",
        null,
        "RUNNING",
        null,
        "AUTO",
        0,
        total,
        new PhotoCounts(1, 0, 0, 0, 0, 0, 0, 1),
        0,
        new DeliveryCounts(3, 0, 0, 3 - 0, 0, 0, 0, 0, 0),
        submittedAt,
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
}
