package facesort.ops.demo;

import facesort.local.StackAddresses;
import facesort.local.telegram.Receipt;
import facesort.local.telegram.TelegramControl;
import facesort.ops.api.Sha256;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.ops.demo.SendCheck.Arrival;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What really arrived at the friends of a run: files in their folders, and receipts of the Telegram
 * stand-in. Puts all of it into OUT.
 */
record Arrivals(Path data, DemoRun run) {

  /** Collects; the stand-in must be running. Collecting twice changes nothing. */
  List<Arrival> collect() {
    List<Receipt> receipts = receipts();
    List<Arrival> arrivals = new ArrayList<>();
    try {
      for (Recipient recipient : run.recipients()) {
        arrivals.addAll(
            recipient.contact().channel().equals(Recipient.TELEGRAM)
                ? byTelegram(recipient, receipts)
                : byFolder(recipient));
      }
    } catch (IOException e) {
      throw CommandException.error("cannot collect what arrived: " + e, e);
    }
    return arrivals;
  }

  private List<Arrival> byFolder(Recipient recipient) throws IOException {
    Path folder = run.folderRoot().resolve(recipient.contact().address());
    Path target = run.out().resolve(recipient.friendId());
    List<Arrival> arrivals = new ArrayList<>();
    for (Path file : OutFolder.files(folder)) {
      arrivals.add(new Arrival(recipient.friendId(), Sha256.of(file)));
      if (!folder.equals(target)) {
        copy(file, target, String.valueOf(file.getFileName()));
      }
    }
    return arrivals;
  }

  private List<Arrival> byTelegram(Recipient recipient, List<Receipt> receipts) throws IOException {
    Path target = run.out().resolve(recipient.friendId());
    List<Arrival> arrivals = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Receipt receipt : receipts) {
      @Nullable String file = receipt.file();
      if (receipt.chat().equals(recipient.contact().address()) && file != null) {
        arrivals.add(new Arrival(recipient.friendId(), Objects.requireNonNull(receipt.sha256())));
        copy(data.resolve("telegram").resolve(file), target, name(receipt, names));
      }
    }
    return arrivals;
  }

  /** The name it was sent by; what came twice is shown twice. */
  private static String name(Receipt receipt, Set<String> taken) {
    String name =
        Objects.requireNonNullElse(receipt.filename(), "photo").replaceAll("[/\\\\]", "_");
    return taken.add(name) ? name : receipt.messageId() + "-" + name;
  }

  private static void copy(Path file, Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private List<Receipt> receipts() {
    StackAddresses addresses =
        StackAddresses.read(data)
            .orElseThrow(() ->
                new CommandException(
                    ExitCode.NOT_FOUND,
                    "no system was started in %s: run facesort up --detach".formatted(data)));
    try {
      return new TelegramControl(addresses.telegramUrl()).receipts();
    } catch (UncheckedIOException e) {
      throw CommandException.error(
          "the Telegram stand-in does not answer: start the system with facesort up --detach", e);
    }
  }
}
