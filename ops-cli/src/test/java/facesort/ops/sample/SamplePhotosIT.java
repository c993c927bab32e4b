package facesort.ops.sample;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.assets.Assets;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePhotosIT {
  @TempDir Path target;

  @Test
  void write_makesFifteenPhotos_theSameOnEveryRun() throws Exception {
    Path first = Files.createDirectory(target.resolve("first"));
    Path second = Files.createDirectory(target.resolve("second"));

    SamplePhotos.write(Assets.samplePhotos(), first);
    SamplePhotos.write(Assets.samplePhotos(), second);

    assertThat(names(first)).hasSize(15);
    for (String name : names(first)) {
      assertThat(first.resolve(name)).hasSameBinaryContentAs(second.resolve(name));
    }
    assertThat(names(first).stream().filter(name -> name.startsWith(SamplePhotos.DERIVED)))
        .hasSize(7);
    assertThat(names(first))
        .containsAll(Truth.load().pairs().stream().map(Truth.Pair::photo).toList());
  }

  @Test
  void friends_areCutInsideTheirPhotos() throws Exception {
    SampleFriends sample = SampleFriends.load();
    for (SampleFriend friend :
        Stream.concat(sample.friends().stream(), Stream.of(sample.otherReference())).toList()) {
      BufferedImage photo =
          Jpeg.read(Files.readAllBytes(Assets.samplePhotos().resolve(friend.photo())));
      Box box = friend.box();
      assertThat(List.of(box.left(), box.top())).allMatch(edge -> edge >= 0);
      assertThat(box.left() + box.width()).isLessThanOrEqualTo(photo.getWidth());
      assertThat(box.top() + box.height()).isLessThanOrEqualTo(photo.getHeight());
    }

    sample.write(Assets.samplePhotos(), target);

    assertThat(target.resolve("Ada").resolve("reference.jpg")).isNotEmptyFile();
    assertThat(names(target)).hasSize(8);
  }

  private static Set<String> names(Path folder) throws Exception {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    }
    return names;
  }
}
