package facesort.bench.photos;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.assets.Assets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoSetIT {
  @TempDir private Path first;
  @TempDir private Path second;

  @Test
  void make_givesTheSameFilesEachTimeAndNoTwoEqual() throws Exception {
    PhotoSet set = PhotoSet.make(Assets.samplePhotos(), first, 16);
    PhotoSet again = PhotoSet.make(Assets.samplePhotos(), second, 16);

    assertThat(hashes(set.files())).doesNotHaveDuplicates().isEqualTo(hashes(again.files()));
    assertThat(set.meanMegapixels()).isBetween(3.5, 5.5);
    assertThat(set.bytes()).isEqualTo(again.bytes()).isPositive();
  }

  private static List<String> hashes(List<Path> files) throws Exception {
    List<String> hashes = new ArrayList<>();
    for (Path file : files) {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      hashes.add(HexFormat.of().formatHex(digest));
    }
    return hashes;
  }
}
