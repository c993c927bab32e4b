package facesort.bench.pipeline;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the kernel has counted until now, in ticks of 10 ms.
 *
 * @param processes of each process with all its children, ended ones too
 * @param threads of threads that are there, by process and the thread's name without its numbers
 * @param busy of all cores, whoever used them
 * @param idle of all cores, waiting for the disk included
 */
record CpuTicks(Map<String, Long> processes, Map<String, Long> threads, long busy, long idle) {
  /** Linux counts so on every machine we run on. */
  private static final double TICK_MILLIS = 10;

  private static final Path PROC = Path.of("/proc");
  // Fields of /proc/PID/stat behind the name, which may hold spaces.
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;

  /**
   * Looks at these processes and at this one, called bench.
   *
   * @param roots number of each process
   */
  static CpuTicks now(Map<String, Long> roots) {
    Map<String, Long> processes = new TreeMap<>();
    Map<String, Long> threads = new TreeMap<>();
    roots.forEach((name, pid) -> {
      addProcess(name, pid, processes, threads);
      ProcessHandle.of(pid).stream()
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> addProcess(name, child.pid(), processes, threads));
    });
    // Its children are the system's processes, counted above.
    addProcess("bench", ProcessHandle.current().pid(), processes, threads);
    String[] all = read(PROC.resolve("stat")).lines().findFirst().orElseThrow().split(" +", -1);
    long idle = Long.parseLong(all[4]) + Long.parseLong(all[5]);
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      busy += Long.parseLong(all[i]);
    }
    return new CpuTicks(processes, threads, busy, idle);
  }

  /** CPU milliseconds of each process since then. */
  Map<String, Double> processMillisSince(CpuTicks earlier) {
    return millis(earlier, CpuTicks::processes);
  }

  /** CPU milliseconds of each group of threads since then. */
  Map<String, Double> threadMillisSince(CpuTicks earlier) {
    return millis(earlier, CpuTicks::threads);
  }

  /** Share of all cores' time since then in which they had nothing to do. */
  double idleShareSince(CpuTicks earlier) {
    return (idle - earlier.idle) / total(earlier);
  }

  /** Share of all cores' time since then that went to processes not named here. */
  double otherShareSince(CpuTicks earlier) {
    long ours = ofProcesses() - earlier.ofProcesses();
    return Math.max(busy - earlier.busy - ours, 0) / total(earlier);
  }

  private double total(CpuTicks earlier) {
    return Math.max(busy + idle - earlier.busy - earlier.idle, 1);
  }

  private long ofProcesses() {
    return processes.values().stream().mapToLong(Long::longValue).sum();
  }

  private Map<String, Double> millis(CpuTicks earlier, Function<CpuTicks, Map<String, Long>> part) {
    Map<String, Double> millis = new TreeMap<>();
    part.apply(this)
        .forEach((name, ticks) ->
            millis.put(name, (ticks - part.apply(earlier).getOrDefault(name, 0L)) * TICK_MILLIS));
    return millis;
  }

  private static void addProcess(
      String name, long pid, Map<String, Long> processes, Map<String, Long> threads) {
    Path folder = PROC.resolve(Long.toString(pid));
    String[] fields = fields(folder);
    processes.merge(
        name,
        number(fields, USER)
            + number(fields, SYSTEM)
            + number(fields, CHILDREN_USER)
            + number(fields, CHILDREN_SYSTEM),
        Long::sum);
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder.resolve("task"))) {
      for (Path task : tasks) {
        String[] of = fields(task);
        String thread = read(task.resolve("comm")).strip().replaceAll("[0-9]+", "#");
        threads.merge(name + "/" + thread, number(of, USER) + number(of, SYSTEM), Long::sum);
      }
    } catch (IOException e) {
      // The process has ended: nothing more to count.
      threads.putIfAbsent(name, 0L);
    }
  }

  private static String[] fields(Path folder) {
    String stat = read(folder.resolve("stat"));
    return stat.isEmpty()
        ? new String[0]
        : stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static long number(String[] fields, int index) {
    return fields.length <= index ? 0 : Long.parseLong(fields[index]);
  }

  /** Empty when the process or thread has ended. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}
