package facesort.bench.images;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.assets.Assets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzRunIT {
  private static final long SEED = 20_261_122;
  private static List<byte[]> seeds = List.of();

  @TempDir Path folder;

  @BeforeAll
  static void makeGoodPictures() throws IOException {
    seeds = SeedPictures.of(Assets.samplePhotos());
  }

  @Test
  void run_ofTwoThousandMutants_endsEachWithOneAnswer() {
    try (FuzzRun run = new FuzzRun(seeds, SEED, folder)) {
      FuzzReport report = run.run(0, 2_000, Long.MAX_VALUE, done -> {});

      assertThat(report.findings()).isEmpty();
      assertThat(report.right()).isTrue();
      assertThat(report.outcomes().values().stream().mapToInt(Integer::intValue).sum())
          .isEqualTo(2_000);
      assertThat(report.outcomes())
          .containsKeys("DECODED", "CORRUPT_IMAGE", "TRUNCATED_IMAGE", "TOO_MANY_PIXELS");
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void get_ofTheSameSeedAndNumber_isTheSameFile() {
    Mutants mutants = new Mutants(seeds, SEED);

    assertThat(mutants.get(77)).isEqualTo(new Mutants(seeds, SEED).get(77));
    assertThat(mutants.get(77)).isNotEqualTo(mutants.get(78));
  }

  @Test
  void decode_whenTheProcessDies_saysHow() {
    DecodeProcess process = DecodeProcess.start(folder);
    process.close();

    assertThat(process.decode(seeds.getFirst())).isEqualTo(new DecodeProcess.Outcome.Died(137));
  }
}
