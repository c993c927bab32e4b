package facesort.bench.detect;

import facesort.inference.face.BoundingBox;
import facesort.local.assets.Assets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sample photo and what is on it, from {@code faces.txt}.
 *
 * @param file the photo
 * @param faces all of them, in pixels of the upright photo
 * @param empty an area without any
 */
record LabelledPhoto(Path file, List<BoundingBox> faces, BoundingBox empty) {
  private static final int PHOTOS = 6;

  LabelledPhoto {
    faces = List.copyOf(faces);
  }

  /** The six sample photos. */
  static List<LabelledPhoto> all() {
    List<String[]> lines = lines();
    return IntStream.rangeClosed(1, PHOTOS)
        .mapToObj(i -> "sample" + i + ".jpg")
        .map(name ->
            new LabelledPhoto(
                Assets.samplePhotos().resolve(name),
                boxes(lines, "face", name),
                boxes(lines, "empty", name).getFirst()))
        .toList();
  }

  private static List<BoundingBox> boxes(List<String[]> lines, String kind, String photo) {
    return lines.stream()
        .filter(line -> line[0].equals(kind) && line[1].equals(photo))
        .map(line ->
            new BoundingBox(
                Float.parseFloat(line[2]),
                Float.parseFloat(line[3]),
                Float.parseFloat(line[4]),
                Float.parseFloat(line[5])))
        .toList();
  }

  private static List<String[]> lines() {
    try (InputStream in = LabelledPhoto.class.getResourceAsStream("faces.txt")) {
      if (in == null) {
        throw new IllegalStateException("faces.txt is not in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
