package facesort.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.ops.api.NewFriend.Contact;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderIT {
  @TempDir Path folder;

  @Test
  void prepare_emptiesWhatAnEarlierDemoMade_andNothingElse() throws Exception {
    OutFolder first = OutFolder.prepare(folder.resolve("OUT"));
    first.make(List.of(new Recipient("ada", "Ada", new Contact(Recipient.FOLDER, "ada"))));
    Path album = Files.writeString(first.friend("ada").resolve("1.jpg"), "photo");
    Path own = Files.writeString(first.path().resolve("notes.txt"), "mine");

    OutFolder.prepare(folder.resolve("OUT"));

    assertThat(album).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void prepare_refusesAFolderInUse() throws Exception {
    Path own = Files.writeString(folder.resolve("notes.txt"), "mine");

    assertThatThrownBy(() -> OutFolder.prepare(folder))
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.USAGE));
    assertThat(own).exists();
  }

  @Test
  void prepare_deletesNothingOutside_whateverTheMarkNames() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path out = Files.createDirectory(folder.resolve("OUT"));
    Files.writeString(out.resolve(".facesort-demo"), "../outside\n..\n.\n");

    OutFolder.prepare(out);

    assertThat(outside).exists();
    assertThat(out.resolve(".facesort-demo")).exists();
  }
}
