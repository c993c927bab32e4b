package facesort.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeIT {
  @TempDir Path folder;

  @Test
  void delete_takesAllBelow_andNothingThatALinkLeadsTo() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path kept = Files.writeString(outside.resolve("kept"), "x");
    Path root = folder.resolve("root");
    Files.writeString(Files.createDirectories(root.resolve("a/b")).resolve("file"), "x");
    Files.createSymbolicLink(root.resolve("a/link"), outside);

    FileTree.delete(root);

    assertThat(root).doesNotExist();
    assertThat(kept).exists();
  }

  @Test
  void delete_ofWhatIsNotThere_doesNothing() throws IOException {
    FileTree.delete(folder.resolve("absent"));

    assertThat(folder).isEmptyDirectory();
  }
}
