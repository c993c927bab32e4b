package facesort.inference.match;

import facesort.inference.face.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exemplars laid out for a fast look at all of them: says each cosine in float, which differs a
 * little from the right one. Immutable.
 *
 * <p>A block holds 128 unit vectors dimension by dimension: all first numbers, all second numbers,
 * and so on. The inner loop runs over exemplars, so it sums nothing up across lanes and the
 * compiler makes it vectors of the machine's width; it does so only over arrays indexed alike,
 * hence the four rows copied into small arrays (which stay in the first cache and serve all faces
 * of the photo). Every block is read once, from front to back.
 */
final class ExemplarBlocks {
  private static final int LANES = 128;
  private static final int LEAST_LANES = 16;
  private static final int ROWS = 4;
  private static final double HALF_ULP_OF_ONE = 0x1p-24;
  private static final int LARGEST_DIMENSION = 1 << 16;

  private final int dimension;
  private final int count;
  private final List<float[]> blocks;

  private ExemplarBlocks(int dimension, int count, List<float[]> blocks) {
    this.dimension = dimension;
    this.count = count;
    this.blocks = blocks;
  }

  /** Lays out exemplars of one dimension, all of them comparable. */
  static ExemplarBlocks of(int dimension, List<Embedding> exemplars) {
    List<float[]> blocks = new ArrayList<>();
    for (int from = 0; from < exemplars.size(); from += LANES) {
      List<Embedding> own = exemplars.subList(from, Math.min(from + LANES, exemplars.size()));
      int lanes = roundUp(own.size(), LEAST_LANES);
      float[] block = new float[lanes * roundUp(dimension, ROWS)];
      for (int lane = 0; lane < own.size(); lane++) {
        own.get(lane).writeUnit(block, lane, lanes);
      }
      blocks.add(block);
    }
    return new ExemplarBlocks(dimension, exemplars.size(), blocks);
  }

  /**
   * Returns by how much a cosine told here may differ from {@link Embedding#cosine} at most.
   *
   * <p>With u = 2^-24, n numbers, x and y the unit vectors of the embeddings as they are: their
   * copies differ by one rounding each, x(1+d), |d| <= u. A float sum of n products, in whatever
   * order and fused or not, rounds each term at most n times, so it is off by at most n*u/(1-n*u) *
   * sum|x||y|, and sum|x||y| <= 1 by Cauchy-Schwarz. Together n*u + 2u and smaller things: higher
   * powers of u (n*u is below 0.004, which the factor 1.01 covers), products below the smallest
   * normal float (n * 2^-149), the roundings in double, and the last rounding of the right cosine
   * to float, u/2. Five u more than the n are more than all of them.
   */
  static double error(int dimension) {
    if (dimension > LARGEST_DIMENSION) {
      throw new IllegalArgumentException("Embeddings of " + dimension + " numbers");
    }
    return 1.01 * (dimension + 5) * HALF_ULP_OF_ONE;
  }

  /** Returns for each face the cosines to all exemplars, in their order, nearly. */
  float[][] cosines(List<Embedding> faces) {
    float[][] queries = new float[faces.size()][roundUp(dimension, ROWS)];
    for (int face = 0; face < queries.length; face++) {
      faces.get(face).writeUnit(queries[face], 0, 1);
    }
    float[][] cosines = new float[queries.length][count];
    float[][] sums = new float[queries.length][LANES];
    float[][] rows = new float[ROWS][LANES];
    for (int block = 0; block < blocks.size(); block++) {
      int from = block * LANES;
      sum(blocks.get(block), queries, rows, sums);
      for (int face = 0; face < queries.length; face++) {
        System.arraycopy(sums[face], 0, cosines[face], from, Math.min(LANES, count - from));
      }
    }
    return cosines;
  }

  private static void sum(float[] block, float[][] queries, float[][] rows, float[][] sums) {
    int dimensions = queries[0].length;
    int lanes = block.length / dimensions;
    for (float[] own : sums) {
      Arrays.fill(own, 0);
    }
    for (int d = 0; d < dimensions; d += ROWS) {
      for (int row = 0; row < ROWS; row++) {
        System.arraycopy(block, (d + row) * lanes, rows[row], 0, lanes);
      }
      for (int face = 0; face < queries.length; face++) {
        add(rows, queries[face], d, sums[face], lanes);
      }
    }
  }

  private static void add(float[][] rows, float[] query, int d, float[] sums, int lanes) {
    float[] row0 = rows[0];
    float[] row1 = rows[1];
    float[] row2 = rows[2];
    float[] row3 = rows[3];
    float q0 = query[d];
    float q1 = query[d + 1];
    float q2 = query[d + 2];
    float q3 = query[d + 3];
    for (int i = 0; i < lanes; i++) {
      sums[i] += (q0 * row0[i] + q1 * row1[i]) + (q2 * row2[i] + q3 * row3[i]);
    }
  }

  private static int roundUp(int number, int unit) {
    return (number + unit - 1) / unit * unit;
  }
}
