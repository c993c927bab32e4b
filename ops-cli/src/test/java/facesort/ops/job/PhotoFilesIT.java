package facesort.ops.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoFilesIT {
  @TempDir Path folder;
  private Path first;
  private Path broken;
  private Path last;

  @BeforeEach
  void files() throws IOException {
    first = Files.writeString(folder.resolve("a.jpg"), "a");
    broken = Files.createSymbolicLink(folder.resolve("b.jpg"), folder.resolve("gone.jpg"));
    last = Files.writeString(Files.createDirectory(folder.resolve("c")).resolve("d.jpg"), "d");
    Files.writeString(folder.resolve(".hidden.jpg"), "h");
    Files.writeString(Files.createDirectory(folder.resolve(".trash")).resolve("e.jpg"), "e");
  }

  @Test
  void find_goesOnAfterAFileThatCannotBeRead() {
    PhotoFiles found = PhotoFiles.find(List.of(folder));

    assertThat(found.files()).containsExactly(first, last);
    assertThat(found.unreadable()).containsExactly(broken);
  }

  @Test
  void find_leavesOutFilesThatAreNotOurs() {
    PhotoFiles found = PhotoFiles.find(List.of(folder), file -> !file.equals(first));

    assertThat(found.files()).containsExactly(last);
    assertThat(found.unreadable()).containsExactly(first, broken);
  }

  @Test
  void find_fails_whenNothingCanBeRead() {
    assertThatThrownBy(() -> PhotoFiles.find(List.of(folder), _ -> false))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.ERROR))
        .hasMessageContaining("a.jpg");
  }

  @Test
  void find_isNotFound_whenThereIsNothing() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThatThrownBy(() -> PhotoFiles.find(List.of(empty)))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.NOT_FOUND));
  }
}
