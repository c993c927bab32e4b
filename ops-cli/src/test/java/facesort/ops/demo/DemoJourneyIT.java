package facesort.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.ops.api.Endpoints;
import facesort.ops.api.NewFriend.Contact;
import facesort.ops.api.Sha256;
import facesort.ops.console.CommandException;
import facesort.ops.console.Format;
import facesort.ops.console.Output;
import facesort.ops.demo.FriendFolders.Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoJourneyIT {
  private static final Recipient ADA =
      new Recipient("ada", "Ada", new Contact(Recipient.FOLDER, "ada"));

  @TempDir Path folder;

  @Test
  void enroll_thatIsCutOff_leavesARunThatNamesEveryFriendAndPhoto() throws Exception {
    Path data = folder.resolve("data");
    Path photo = Files.writeString(folder.resolve("1.jpg"), "photo");
    OutFolder out = OutFolder.prepare(folder.resolve("OUT"));
    List<Entry> friends = List.of(new Entry(ADA, List.of(photo)));
    DemoJourney journey =
        new DemoJourney(Output.of(Format.TABLE), data, "demo", nothingAnswers(out));

    DemoRun begun = journey.begin(List.of(photo), friends, out, false, 1);
    assertThatThrownBy(() -> journey.enroll(begun, friends)).isInstanceOf(CommandException.class);

    assertThat(DemoRun.all(data)).containsExactly(begun);
    assertThat(DemoRun.read(data, begun.jobId()).recipients()).containsExactly(ADA);
    assertThat(begun.photos()).containsExactly(Sha256.of(photo));
  }

  private static DemoSystem nothingAnswers(OutFolder out) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI closed = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      return new DemoSystem(new Endpoints(closed, closed, out.path()), false, 0, () -> {});
    }
  }
}
