package facesort.bench.accuracy;

import facesort.inference.face.BoundingBox;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.face.FaceQuality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What becomes of the scores of faces when photos are made smaller or blurred: each face is
 * compared with itself and with all others as the photos were.
 *
 * @param quality of the changed face
 * @param self cosine to the same face before
 * @param other largest cosine to a face of another person before
 */
record Degraded(FaceQuality quality, float self, float other) {
  private static final double[] SIDES = {1, 0.5, 0.35, 0.25, 0.18, 0.13, 0.1, 0.08, 0.06, 0.045};
  private static final double[] BLURS = {0.5, 1, 1.5, 2, 3, 4, 6, 8, 12};
  private static final float SAME_PLACE = 0.3f;

  /**
   * Faces of which some measure is in a range.
   *
   * @param from smallest value of the measure
   * @param below the next range begins here
   * @param selfMean mean cosine to the same face before
   * @param selfLeast least one
   * @param accepted share that reaches the threshold with itself
   * @param otherMost largest cosine to anybody else
   */
  record Row(
      double from,
      double below,
      int faces,
      double selfMean,
      double selfLeast,
      double accepted,
      double otherMost) {
    static final String COLUMNS =
        "faces, cosine to the same face as it was: mean, least, share at the threshold; largest to"
            + " somebody else";

    String line() {
      return String.format(
          Locale.ROOT,
          "%5.0f to %5.0f  %4d  %5.2f  %5.2f  %5.1f %%  %5.2f",
          from,
          below,
          faces,
          selfMean,
          selfLeast,
          100 * accepted,
          otherMost);
    }
  }

  /** Makes all photos smaller, step by step. */
  static List<Degraded> shrunk(FaceReader reader, List<Path> photos) {
    List<double[]> steps = new ArrayList<>();
    for (double side : SIDES) {
      steps.add(new double[] {side, 0});
    }
    return changed(reader, photos, steps);
  }

  /** Blurs all photos, step by step. */
  static List<Degraded> blurred(FaceReader reader, List<Path> photos) {
    List<double[]> steps = new ArrayList<>();
    for (double blur : BLURS) {
      steps.add(new double[] {0.5, blur});
    }
    return changed(reader, photos, steps);
  }

  /** Groups by a measure. */
  static List<Row> rows(
      List<Degraded> all, ToDoubleFunction<Degraded> measure, float threshold, double... limits) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i + 1 < limits.length; i++) {
      double from = limits[i];
      double below = limits[i + 1];
      List<Degraded> group =
          all.stream()
              .filter(one -> measure.applyAsDouble(one) >= from)
              .filter(one -> measure.applyAsDouble(one) < below)
              .toList();
      if (!group.isEmpty()) {
        rows.add(row(group, from, below, threshold));
      }
    }
    return rows;
  }

  private static Row row(List<Degraded> group, double from, double below, float threshold) {
    return new Row(
        from,
        below,
        group.size(),
        group.stream().mapToDouble(Degraded::self).average().orElseThrow(),
        group.stream().mapToDouble(Degraded::self).min().orElseThrow(),
        group.stream().filter(one -> one.self >= threshold).count() / (double) group.size(),
        group.stream().mapToDouble(Degraded::other).max().orElseThrow());
  }

  private static List<Degraded> changed(
      FaceReader reader, List<Path> photos, List<double[]> steps) {
    List<Callable<List<Face>>> whole = new ArrayList<>();
    List<Callable<List<Face>>> changed = new ArrayList<>();
    for (Path photo : photos) {
      whole.add(() -> reader.faces(photo, 1, 0));
      steps.forEach(step -> changed.add(() -> reader.faces(photo, step[0], step[1])));
    }
    List<List<Face>> before = FaceReader.inTurn(whole);
    List<List<Face>> after = FaceReader.inTurn(changed);
    List<Degraded> all = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      float back = (float) (1 / steps.get(i % steps.size())[0]);
      for (Face face : after.get(i)) {
        compared(face, back, before.get(i / steps.size()), before, all);
      }
    }
    return all;
  }

  private static void compared(
      Face face, float back, List<Face> same, List<List<Face>> everybody, List<Degraded> into) {
    BoundingBox place = face.box().scaled(back);
    Embedding embedding = Objects.requireNonNull(face.embedding());
    for (Face before : same) {
      if (before.box().overlap(place) > SAME_PLACE) {
        Embedding own = Objects.requireNonNull(before.embedding());
        float other = -1;
        for (List<Face> faces : everybody) {
          for (Face somebody : faces) {
            Embedding theirs = Objects.requireNonNull(somebody.embedding());
            // Another picture of the same person is no stranger.
            if (own.cosine(theirs) < 0.6f) {
              other = Math.max(other, embedding.cosine(theirs));
            }
          }
        }
        into.add(
            new Degraded(Objects.requireNonNull(face.quality()), embedding.cosine(own), other));
        return;
      }
    }
  }
}
