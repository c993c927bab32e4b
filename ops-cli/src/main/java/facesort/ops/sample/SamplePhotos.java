package facesort.ops.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Writes the demo's fifteen photos: six real ones, seven derived from them, a corrupt file and a
 * landscape. The same on every run.
 */
public final class SamplePhotos {
  /** Part of the name of every derived photo. */
  public static final String DERIVED = "derived-";

  private static final String LANDSCAPE = "landscape.jpg";
  private static final String CORRUPT = "corrupt.jpg";
  private static final float GOOD = 0.9f;
  private static final float STRONG = 0.1f;
  private static final int UPRIGHT_AFTER_A_TURN_RIGHT = 6;
  private static final int SAMPLES = 6;

  private final Path samples;
  private final Path target;

  private SamplePhotos(Path samples, Path target) {
    this.samples = samples;
    this.target = target;
  }

  /**
   * Writes the files.
   *
   * @param samples folder of the sample photos
   * @param target existing folder
   */
  public static void write(Path samples, Path target) throws IOException {
    new SamplePhotos(samples, target).write();
  }

  /**
   * How many of the files are what, for people.
   *
   * @param names file names as {@link #write} gives them
   */
  public static String contents(List<String> names) {
    long derived = names.stream().filter(name -> name.startsWith(DERIVED)).count();
    long landscapes = names.stream().filter(LANDSCAPE::equals).count();
    long corrupt = names.stream().filter(CORRUPT::equals).count();
    return "%d real, %d derived from them by code, %d without faces, %d corrupt"
        .formatted(names.size() - derived - landscapes - corrupt, derived, landscapes, corrupt);
  }

  private void write() throws IOException {
    for (int number = 1; number <= SAMPLES; number++) {
      Files.copy(samples.resolve(name(number)), target.resolve(name(number)));
    }
    put("derived-mirrored-sample1.jpg", Jpeg.write(Derive.mirrored(sample(1)), GOOD));
    put(
        "derived-turned-sample2.jpg",
        Jpeg.withOrientation(
            Jpeg.write(Derive.turnedLeft(sample(2)), GOOD), UPRIGHT_AFTER_A_TURN_RIGHT));
    put("derived-darker-sample3.jpg", Jpeg.write(Derive.darker(sample(3)), GOOD));
    put("derived-half-sample4.jpg", Jpeg.write(Derive.halfSize(sample(4)), GOOD));
    put("derived-compressed-sample5.jpg", Jpeg.write(sample(5), STRONG));
    put("derived-together-sample3-sample6.jpg", Jpeg.write(together(), GOOD));
    put("derived-cropped-sample6.jpg", Jpeg.write(Derive.cropped(sample(6), LEFT_HALF), GOOD));
    put(LANDSCAPE, Jpeg.write(Derive.landscape(1200, 800), GOOD));
    put(CORRUPT, corrupt());
  }

  /** The two persons on the left of sample 6. */
  private static final Box LEFT_HALF = new Box(100, 150, 900, 1000);

  private BufferedImage together() throws IOException {
    return Derive.besideEachOther(Derive.halfSize(sample(3)), Derive.halfSize(sample(6)));
  }

  /** Begins like a JPEG file and goes on with noise. */
  private static byte[] corrupt() {
    byte[] file = new byte[20_000];
    new Random(1).nextBytes(file);
    byte[] start = "\u00ff\u00d8\u00ff\u00e0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(start, 0, file, 0, start.length);
    return file;
  }

  private BufferedImage sample(int number) throws IOException {
    return Jpeg.read(Files.readAllBytes(samples.resolve(name(number))));
  }

  private void put(String name, byte[] file) throws IOException {
    Files.write(target.resolve(name), file);
  }

  private static String name(int number) {
    return "sample" + number + ".jpg";
  }
}
