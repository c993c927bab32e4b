package facesort.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process told apart from a later one with the same number.
 *
 * @param pid its number
 * @param startTicks its start in clock ticks since boot, as the kernel counts them
 * @param boot the boot it belongs to
 */
record ProcessIdentity(long pid, long startTicks, String boot) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** The running process with this number; empty when there is none or only its zombie. */
  static Optional<ProcessIdentity> of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // The command in parentheses may hold spaces and parentheses; fields are counted behind it.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
      return fields[0].equals("Z") || fields[0].equals("X")
          ? Optional.empty()
          : Optional.of(new ProcessIdentity(pid, Long.parseLong(fields[19]), currentBoot()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** True while this very process runs. */
  boolean isAlive() {
    return of(pid).equals(Optional.of(this));
  }

  private static String currentBoot() throws IOException {
    return Files.exists(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
  }
}
