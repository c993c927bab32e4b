package facesort.bench.match;

import facesort.bench.drive.WrongOutput;
import facesort.bench.measure.Percentile;
import facesort.inference.face.Embedding;
import facesort.inference.match.Gallery;
import facesort.inference.match.GalleryFriend;
import facesort.schemas.MatchCandidate;
import java.util.ArrayList;
import java.util.List;

/** Queries of one size against a gallery of one size. One thread. */
final class QueryLeg {
  private static final int BYTES_PER_EXEMPLAR = 512 * Float.BYTES;
  private static final int FEWEST = 5;

  private final int exemplars;
  private final List<GalleryFriend> friends;
  private final Gallery gallery;
  private final List<Embedding> faces;
  private final List<Double> medians = new ArrayList<>();
  private final List<Double> all = new ArrayList<>();
  private final List<Double> naive = new ArrayList<>();

  QueryLeg(int exemplars, List<GalleryFriend> friends, Gallery gallery, List<Embedding> faces) {
    this.exemplars = exemplars;
    this.friends = friends;
    this.gallery = gallery;
    this.faces = faces;
  }

  int exemplars() {
    return exemplars;
  }

  int batch() {
    return faces.size();
  }

  /**
   * Returns the share of the five nearest friends, by comparing all in double, that are found.
   *
   * @throws WrongOutput if a score or an exemplar is another
   */
  double recall() {
    List<List<MatchCandidate>> found = gallery.nearest(Crowd.SPACE, faces);
    long right = 0;
    long wanted = 0;
    for (int face = 0; face < faces.size(); face++) {
      List<MatchCandidate> expected = NaiveLoop.nearest(faces.get(face), friends);
      wanted += expected.size();
      right += expected.stream().filter(found.get(face)::contains).count();
    }
    if (right < wanted) {
      throw new WrongOutput(
          "of %d nearest among %d exemplars %d were found".formatted(wanted, exemplars, right));
    }
    return (double) right / wanted;
  }

  /**
   * Times of a round, in milliseconds a face.
   *
   * @param ours of each query
   * @param naive of some faces in the naive loop
   */
  record Times(List<Double> ours, List<Double> naive) {}

  /** All rounds that counted, in milliseconds a face. */
  record Summary(
      int exemplars,
      int batch,
      double p50Ms,
      double p99Ms,
      double naiveMs,
      double ratioToNaive,
      int queries) {}

  /** Asks for so long, and five times at least. */
  Times round(long nanos) {
    List<Double> ours = new ArrayList<>();
    long begin = System.nanoTime();
    while (ours.size() < FEWEST || System.nanoTime() - begin < nanos) {
      long start = System.nanoTime();
      int answers = gallery.nearest(Crowd.SPACE, faces).size();
      ours.add((System.nanoTime() - start) / 1e6 / answers);
    }
    return new Times(ours, naive());
  }

  /** Lets a round count. */
  void keep(Times times) {
    medians.add(Percentile.of(times.ours(), 50));
    all.addAll(times.ours());
    naive.addAll(times.naive());
  }

  /** Returns the median of each round, milliseconds a face. */
  List<Double> medians() {
    return medians;
  }

  /** Returns gigabytes a second of exemplars, in a round. */
  double gigabytesPerSecond(int round) {
    return (double) exemplars * BYTES_PER_EXEMPLAR / (medians.get(round) * 1e6);
  }

  Summary summary() {
    double median = Percentile.of(all, 50);
    double naiveMedian = Percentile.of(naive, 50);
    return new Summary(
        exemplars,
        faces.size(),
        median,
        Percentile.of(all, 99),
        naiveMedian,
        naiveMedian / median,
        all.size());
  }

  private List<Double> naive() {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < FEWEST; i++) {
      long start = System.nanoTime();
      NaiveLoop.nearest(faces.get(i % faces.size()), friends);
      times.add((System.nanoTime() - start) / 1e6);
    }
    return times;
  }
}
