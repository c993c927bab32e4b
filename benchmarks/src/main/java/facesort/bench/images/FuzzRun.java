package facesort.bench.images;

import facesort.bench.images.DecodeProcess.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Decodes mutants one after the other and keeps those that should not have been. */
final class FuzzRun implements AutoCloseable {
  /** What the largest accepted photo takes, and a quarter more; see PhotoLimits. */
  static final long CAP_MIB = 512;

  private final List<byte[]> seeds;
  private final Mutants mutants;
  private final long seed;
  private final Path folder;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private DecodeProcess process;
  private long baseline;
  private long peak;
  private int deaths;
  private int hangs;
  private int failures;

  /** Files and crash logs of findings go into the folder, which must exist. */
  FuzzRun(List<byte[]> seeds, long seed, Path folder) {
    this.seeds = seeds;
    this.mutants = new Mutants(seeds, seed);
    this.seed = seed;
    this.folder = folder;
    this.process = warm();
  }

  /**
   * Decodes as many mutants as wanted.
   *
   * @param nanos stops earlier when so many have passed
   * @param progress is told how many are done
   */
  FuzzReport run(long first, long images, long nanos, LongConsumer progress) {
    long start = System.nanoTime();
    long done = 0;
    while (done < images && System.nanoTime() - start < nanos) {
      one(first + done);
      progress.accept(++done);
    }
    return new FuzzReport(
        seed,
        done,
        new TreeMap<>(outcomes),
        deaths,
        hangs,
        failures,
        Math.max(0, peak) / 1024,
        CAP_MIB,
        (System.nanoTime() - start) / 1e9,
        List.copyOf(findings));
  }

  private void one(long number) {
    byte[] file = mutants.get(number);
    switch (process.decode(file)) {
      case Outcome.Answered answered -> {
        outcomes.merge(answered.word(), 1, Integer::sum);
        if (answered.word().startsWith(DecodeMain.FAILED)) {
          failures++;
          found(number, file, answered.word());
        }
        long rise = answered.kilobytes() - baseline;
        if (rise > CAP_MIB * 1024 && rise > peak) {
          found(number, file, "memory rose by " + rise / 1024 + " MiB");
        }
        peak = Math.max(peak, rise);
      }
      case Outcome.Died died -> {
        deaths++;
        found(number, file, "the process ended with " + died.exitCode());
        restart();
      }
      case Outcome.Hung() -> {
        hangs++;
        found(number, file, "no answer");
        restart();
      }
    }
  }

  private void restart() {
    process.close();
    process = warm();
  }

  /** Good files first: what they load is not the mutants' doing. */
  private DecodeProcess warm() {
    DecodeProcess started = DecodeProcess.start(folder);
    for (byte[] good : seeds) {
      Outcome outcome = started.decode(good);
      if (!(outcome instanceof Outcome.Answered(String word, long kilobytes))
          || !word.equals(DecodeMain.DECODED)) {
        started.close();
        throw new IllegalStateException("a good picture was not decoded: " + outcome);
      }
      baseline = kilobytes;
    }
    return started;
  }

  private void found(long number, byte[] file, String fate) {
    findings.add("seed " + seed + " index " + number + ": " + fate);
    try {
      Files.write(folder.resolve(seed + "-" + number), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
