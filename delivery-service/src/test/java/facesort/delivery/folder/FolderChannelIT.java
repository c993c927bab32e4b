package facesort.delivery.folder;

import static facesort.delivery.send.Photos.item;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.delivery.send.BackOff;
import facesort.delivery.send.Item;
import facesort.delivery.send.SendOutcome;
import facesort.schemas.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

class FolderChannelIT {

  private static final SendOutcome SENT = new SendOutcome.Sent(List.of());

  @TempDir private Path temp;

  private Path root;
  private BackOff backOff;
  private FolderChannel channel;

  @BeforeEach
  void open() {
    root = temp.resolve("out");
    backOff = new BackOff(Clock.systemUTC(), Duration.ofMinutes(1), Duration.ofMinutes(1));
    channel = new FolderChannel(root, Schedulers.immediate(), backOff);
  }

  @Test
  void send_writesTheOriginalBytes() throws IOException {
    assertThat(send("Anna", item("p1", (byte) 1, (byte) 2))).isEqualTo(SENT);

    assertThat(root.resolve("Anna/p1-IMG.jpg")).hasBinaryContent(new byte[] {1, 2});
    assertThat(files("Anna")).containsExactly("p1-IMG.jpg");
  }

  @Test
  void send_againChangesNothing() throws IOException {
    send("Anna", item("p1", (byte) 1));

    assertThat(send("Anna", item("p1", (byte) 1))).isEqualTo(SENT);

    assertThat(files("Anna")).containsExactly("p1-IMG.jpg");
  }

  @Test
  void send_leavesAnotherFileOfThatNameAlone() throws IOException {
    send("Anna", item("p1", (byte) 1));

    assertThat(send("Anna", item("p1", (byte) 2))).isEqualTo(SENT);

    assertThat(root.resolve("Anna/p1-IMG.jpg")).hasBinaryContent(new byte[] {1});
    assertThat(root.resolve("Anna/p1-job12345-IMG.jpg")).hasBinaryContent(new byte[] {2});
  }

  @Test
  void send_writesOverWhatACrashLeft() throws IOException {
    Files.createDirectories(root.resolve("Anna"));
    Files.write(root.resolve("Anna/.part-p1-IMG.jpg"), new byte[100]);

    assertThat(send("Anna", item("p1", (byte) 1))).isEqualTo(SENT);

    assertThat(files("Anna")).containsExactly("p1-IMG.jpg");
    assertThat(root.resolve("Anna/p1-IMG.jpg")).hasBinaryContent(new byte[] {1});
  }

  @Test
  void send_refusesAnAddressThatLeadsElsewhere() {
    assertThat(send("../Anna", item("p1", (byte) 1))).isInstanceOf(SendOutcome.Refused.class);

    assertThat(temp.resolve("Anna")).doesNotExist();
  }

  @Test
  void send_refusesAFriendWhoseFolderIsAFile() throws IOException {
    Files.createDirectories(root);
    Files.write(root.resolve("Anna"), new byte[] {9});

    var outcome = send("Anna", item("p1", (byte) 1));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            SendOutcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(FailureCode.CHANNEL_REFUSED));
    assertThat(backOff.failing()).isFalse();
    assertThat(root.resolve(".probe")).doesNotExist();
  }

  @Test
  void send_waitsWhenTheRootTakesNothing() throws IOException {
    Files.write(root, new byte[] {9});

    assertThat(send("Anna", item("p1", (byte) 1))).isInstanceOf(SendOutcome.NotSent.class);

    assertThat(backOff.left()).isPositive();
  }

  private SendOutcome send(String address, Item item) {
    return channel.send(address, List.of(item)).blockOptional().orElseThrow();
  }

  private List<String> files(String folder) throws IOException {
    try (var files = Files.list(root.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
