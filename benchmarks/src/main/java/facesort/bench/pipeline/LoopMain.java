package facesort.bench.pipeline;

import facesort.inference.onnx.FaceModels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The process of the loops: holds the photos in memory and runs a leg for each line it reads,
 * {@code bare} or {@code naive}, with the number of photos. It answers with one line of JSON and
 * does nothing between legs.
 */
final class LoopMain {
  static final String BARE = "bare";
  static final String NAIVE = "naive";
  static final String NETWORKS = "networks";

  private final List<byte[]> photos;
  private final int threads;
  private final BareLoop bare;
  private final NaiveLoop naive;

  private LoopMain(List<byte[]> photos, int threads, BareLoop bare, NaiveLoop naive) {
    this.photos = photos;
    this.threads = threads;
    this.bare = bare;
    this.naive = naive;
  }

  /**
   * Runs until its input ends.
   *
   * @param arguments folders of the models as shipped, of the edited ones, of the photos and of the
   *     references, and the number of threads of the bare loop
   */
  public static void main(String[] arguments) throws Exception {
    Path shipped = Path.of(arguments[0]);
    Map<String, byte[]> references = references(Path.of(arguments[3]));
    try (BareLoop bare = new BareLoop(FaceModels.load(shipped, Path.of(arguments[1])), references);
        NaiveLoop naive = new NaiveLoop(shipped, references);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      LoopMain loops =
          new LoopMain(photos(Path.of(arguments[2])), Integer.parseInt(arguments[4]), bare, naive);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", 2);
        Object answer =
            switch (words[0]) {
              case BARE -> loops.bare(Integer.parseInt(words[1]));
              case NAIVE -> loops.naive(Integer.parseInt(words[1]));
              case NETWORKS -> bare.networks();
              default -> throw new IllegalArgumentException(line);
            };
        System.out.println(JsonMapper.shared().writeValueAsString(answer));
      }
    }
  }

  private LoopLeg bare(int count) throws ExecutionException, InterruptedException {
    ThreadTime time = new ThreadTime();
    long cpu = cpuNanos();
    long start = System.nanoTime();
    List<Seen> seen = new ArrayList<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<Seen>> looks = new ArrayList<>();
      for (byte[] photo : photos.subList(0, count)) {
        looks.add(workers.submit(() -> bare.look(photo, time)));
      }
      for (Future<Seen> look : looks) {
        seen.add(look.get());
      }
    }
    return leg(start, cpu, time.millis(count), seen);
  }

  private LoopLeg naive(int count) {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    List<Seen> seen = photos.subList(0, count).stream().map(naive::look).toList();
    return leg(start, cpu, Map.of(), seen);
  }

  private static LoopLeg leg(long start, long cpu, Map<String, Double> stages, List<Seen> seen) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new LoopLeg(seconds, (cpuNanos() - cpu) / 1e9, stages, seen);
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static List<byte[]> photos(Path folder) throws IOException {
    List<byte[]> photos = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        photos.add(Files.readAllBytes(file));
      }
    }
    return photos;
  }

  private static Map<String, byte[]> references(Path folder) throws IOException {
    Map<String, byte[]> references = new TreeMap<>();
    try (Stream<Path> friends = Files.list(folder)) {
      for (Path friend : friends.toList()) {
        references.put(Friends.id(friend), Files.readAllBytes(friend.resolve(Friends.REFERENCE)));
      }
    }
    return references;
  }
}
