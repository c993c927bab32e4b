package facesort.bench.gpu;

import facesort.bench.drive.WrongOutput;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.onnx.ModelOutputs;
import java.util.List;
import java.util.Locale;

/** Whether two devices answer the same, but for rounding. */
final class SameAnswers {
  private static final double MOST_DIFFERENCE = 1e-3;
  private static final double LEAST_COSINE = 0.999;

  private SameAnswers() {}

  /**
   * Compares raw outputs: no number differs by more than a thousandth of the largest.
   *
   * @throws WrongOutput if one does, or is NaN
   */
  static void outputs(String what, ModelOutputs expected, ModelOutputs found) {
    for (String name : expected.names()) {
      float[] wanted = expected.get(name);
      float[] given = found.get(name);
      double largest = 0;
      double difference = wanted.length == given.length ? 0 : Double.NaN;
      for (int i = 0; i < Math.min(wanted.length, given.length); i++) {
        largest = Math.max(largest, Math.abs(wanted[i]));
        difference = Math.max(difference, Math.abs((double) wanted[i] - given[i]));
      }
      // Written so that NaN is wrong.
      if (!(difference <= MOST_DIFFERENCE * largest)) {
        throw new WrongOutput(
            String.format(
                Locale.ROOT, "%s, %s: differs by %.2e of %.2e", what, name, difference, largest));
      }
    }
  }

  /**
   * Compares the faces of a photo: as many, each at its place and with its embedding.
   *
   * @return the least cosine; 1 without faces
   * @throws WrongOutput if they are others
   */
  static double faces(String photo, List<Face> expected, List<Face> found) {
    if (expected.size() != found.size()) {
      throw new WrongOutput("%s: %d faces, not %d".formatted(photo, found.size(), expected.size()));
    }
    double least = 1;
    for (Face face : expected) {
      double cosine =
          found.stream()
              .filter(other -> other.box().overlap(face.box()) > 0.9)
              .mapToDouble(other -> cosine(face, other))
              .max()
              .orElse(Double.NaN);
      if (!(cosine >= LEAST_COSINE)) {
        throw new WrongOutput(
            String.format(Locale.ROOT, "%s: a face has cosine %.5f", photo, cosine));
      }
      least = Math.min(least, cosine);
    }
    return least;
  }

  /** 1 when neither has an embedding. */
  private static double cosine(Face one, Face other) {
    Embedding mine = one.embedding();
    Embedding theirs = other.embedding();
    if (mine == null || theirs == null) {
      return mine == null && theirs == null ? 1 : Double.NaN;
    }
    return mine.cosine(theirs);
  }
}
