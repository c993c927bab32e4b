package facesort.bench.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.bench.accuracy.Labelled.Pair;
import facesort.ops.console.CommandException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads real files. */
class LabelledIT {
  @TempDir Path folder;

  @Test
  void folders_areNames_andOtherFilesArePassedOver() throws IOException {
    picture("ann/1.pgm");
    picture("ann/2.pgm");
    picture("bea/1.pgm");
    write("bea/notes.txt", "no picture");
    write("README", "no folder");

    Labelled labelled = Labelled.read(folder);

    assertThat(labelled.people()).containsExactly("ann", "ann", "bea");
    assertThat(labelled.pairs())
        .containsExactly(new Pair(0, 1, true), new Pair(0, 2, false), new Pair(1, 2, false));
  }

  @Test
  void pairs_areReadFromTheirFile() throws IOException {
    picture("a.pgm");
    picture("b.pgm");
    picture("c.pgm");
    write("pairs.csv", "file_x,file_y,Decision\na.pgm,b.pgm,yes\nb.pgm,c.pgm,0\n\n");

    Labelled labelled = Labelled.read(folder);

    assertThat(labelled.people()).isEmpty();
    assertThat(labelled.pictures()).hasSize(3);
    assertThat(labelled.pairs()).containsExactly(new Pair(0, 1, true), new Pair(1, 2, false));
  }

  @Test
  void nothingToCompare_isRefusedInOneLine() throws IOException {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> Labelled.read(missing))
        .isInstanceOf(CommandException.class)
        .hasMessage(missing + " is no folder: --data names the labelled pictures");
    assertThatThrownBy(() -> Labelled.read(folder)).hasMessageContaining("holds no pairs");
    picture("ann/1.pgm");
    assertThatThrownBy(() -> Labelled.read(folder)).hasMessageContaining("holds no pairs");
    write("pairs.csv", "ann/1.pgm,ann/2.pgm,1\n");
    assertThatThrownBy(() -> Labelled.read(folder)).hasMessageContaining("2.pgm is no picture");
    write("pairs.csv", "ann/1.pgm,ann/1.pgm,1\nann/1.pgm;ann/1.pgm\n");
    assertThatThrownBy(() -> Labelled.read(folder)).hasMessageContaining("pairs.csv, line 2");
  }

  private void picture(String name) throws IOException {
    write(name, "P5 2 2 255\nabcd");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
