package facesort.bench.pipeline;

import facesort.bench.pipeline.Friends.Enrolling;
import facesort.bench.pipeline.SystemLeg.Arrival;
import facesort.local.StackAddresses;
import facesort.local.telegram.Receipt;
import facesort.local.telegram.TelegramControl;
import facesort.ops.api.NewFriend.Contact;
import facesort.ops.api.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What arrived at the friends since a leg began: files, and receipts of the Telegram stand-in. */
final class Deliveries {
  private final Path data;
  private final Path folderRoot;
  private final List<Enrolling> friends;
  private final int receiptsBefore;

  private Deliveries(Path data, Path folderRoot, List<Enrolling> friends, int receiptsBefore) {
    this.data = data;
    this.folderRoot = folderRoot;
    this.friends = friends;
    this.receiptsBefore = receiptsBefore;
  }

  /** Counts from now on; the folders are empty. */
  static Deliveries begin(Path data, Path folderRoot, List<Enrolling> friends) {
    return new Deliveries(data, folderRoot, friends, receipts(data).size());
  }

  /** All that arrived, each as often as it did. */
  List<Arrival> arrivals() {
    List<Receipt> receipts = receipts(data);
    List<Receipt> here = receipts.subList(receiptsBefore, receipts.size());
    List<Arrival> arrivals = new ArrayList<>();
    for (Enrolling friend : friends) {
      String address = Objects.requireNonNull(friend.friend().contact()).address();
      if (friend.byFolder()) {
        files(folderRoot.resolve(address))
            .forEach(file -> arrivals.add(new Arrival(Sha256.of(file), friend.id())));
      } else {
        here.stream()
            .filter(receipt -> receipt.chat().equals(address) && receipt.sha256() != null)
            .forEach(receipt ->
                arrivals.add(new Arrival(Objects.requireNonNull(receipt.sha256()), friend.id())));
      }
    }
    return arrivals;
  }

  /** Removes the photos that arrived: a file that is there already would not be written again. */
  void clear() {
    for (Enrolling friend : friends) {
      Contact contact = Objects.requireNonNull(friend.friend().contact());
      Path parent = friend.byFolder() ? folderRoot : data.resolve("telegram");
      files(parent.resolve(contact.address())).forEach(Deliveries::delete);
    }
  }

  private static List<Receipt> receipts(Path data) {
    return new TelegramControl(StackAddresses.read(data).orElseThrow().telegramUrl()).receipts();
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
