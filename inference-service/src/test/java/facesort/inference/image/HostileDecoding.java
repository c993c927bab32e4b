package facesort.inference.image;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A process that decodes files and tells what each took. Its heap is in memory from the start, so
 * that only native memory makes the process grow.
 */
final class HostileDecoding {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path FORGET_PEAK = Path.of("/proc/self/clear_refs");

  private HostileDecoding() {}

  /** Decodes {@code 0}, {@code 1} and so on in a folder, the first one twice: it loads things. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    answer(folder.resolve("0"));
    for (int i = 0; Files.exists(folder.resolve("" + i)); i++) {
      byte[] file = Files.readAllBytes(folder.resolve("" + i));
      Files.writeString(FORGET_PEAK, "5");
      long memory = kilobytes("VmRSS");
      long cpu = cpuMillis();
      String answer = answer(file);
      long spent = cpuMillis() - cpu;
      long rise = kilobytes("VmHWM") - memory;
      System.out.println("answer " + i + " " + answer + " " + rise / 1024 + " " + spent);
    }
  }

  private static String answer(Path file) throws IOException {
    return answer(Files.readAllBytes(file));
  }

  private static String answer(byte[] file) {
    try {
      new PhotoDecoder().decode(file);
      return HostilePhotos.DECODED;
    } catch (RejectedPhoto e) {
      return e.code().name();
    }
  }

  private static long cpuMillis() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime());
  }

  private static long kilobytes(String key) throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
