package facesort.bench.pipeline;

import facesort.bench.photos.PhotoSet;
import facesort.local.JavaCommand;
import facesort.local.assets.Assets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The loops in a JVM of their own, with the collector and flags of the service that detects. Idle
 * between legs.
 */
final class LoopProcess implements AutoCloseable {
  private static final int HEAP_MEBIBYTES = 768;

  private final Path log;
  private final Process process;
  private final BufferedReader answers;

  private LoopProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it.
   *
   * @param photos folder of the photos, which it holds in memory
   * @param references folder of the friends' reference photos
   * @param log its standard error goes there
   */
  static LoopProcess start(PhotoSet photos, Path references, int threads, Path log) {
    try {
      Process process =
          new ProcessBuilder(
                  JavaCommand.withHeap(HEAP_MEBIBYTES + (int) ((2 * photos.bytes()) >> 20))
                      .flags("--enable-native-access=ALL-UNNAMED")
                      .main(
                          System.getProperty("java.class.path"),
                          LoopMain.class.getName(),
                          Assets.models().toString(),
                          Assets.cache().resolve("edited-models").toString(),
                          photos.folder().toString(),
                          references.toString(),
                          Integer.toString(threads)))
              .redirectError(log.toFile())
              .start();
      return new LoopProcess(log, process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the bare loop over the first photos; blocks. */
  LoopLeg bare(int photos) {
    return JsonMapper.shared().readValue(ask(LoopMain.BARE + " " + photos), LoopLeg.class);
  }

  /** Runs the naive loop over the first photos; blocks. */
  LoopLeg naive(int photos) {
    return JsonMapper.shared().readValue(ask(LoopMain.NAIVE + " " + photos), LoopLeg.class);
  }

  /** CPU milliseconds of one call of each network. */
  Map<String, Double> networks() {
    return JsonMapper.shared()
        .readValue(ask(LoopMain.NETWORKS), new TypeReference<Map<String, Double>>() {});
  }

  private String ask(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
      String answer = answers.readLine();
      // What the JVM itself may print, such as a thread dump.
      while (answer != null && !answer.startsWith("{")) {
        answer = answers.readLine();
      }
      if (answer == null) {
        throw new IllegalStateException("the process of the loops ended, see " + log);
      }
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException("the process of the loops broke off, see " + log, e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
