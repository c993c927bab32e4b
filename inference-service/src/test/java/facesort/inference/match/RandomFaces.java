package facesort.inference.match;

import facesort.inference.face.Embedding;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Friends and faces by a seed, many of them so much alike that only exact scores tell them apart.
 */
final class RandomFaces {
  private final RandomGenerator random;
  private final int dimension;

  RandomFaces(long seed, int dimension) {
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    this.dimension = dimension;
  }

  float[] vector() {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Returns a vector this far from one; at 0 an equal one. */
  float[] near(float[] centre, double distance) {
    float[] values = vector();
    for (int i = 0; i < dimension; i++) {
      values[i] = (float) (centre[i] + distance * values[i]);
    }
    return values;
  }

  /** Returns friends of at most so many exemplars each, all around one vector. */
  List<GalleryFriend> friends(int count, int exemplars, float[] centre, double distance) {
    return IntStream.range(0, count)
        .mapToObj(i -> {
          List<Embedding> own = new ArrayList<>();
          for (int j = 0; j < 1 + random.nextInt(exemplars); j++) {
            own.add(Embedding.of(near(centre, distance)));
          }
          return new GalleryFriend("friend%04d".formatted(i), 1 + i, "space", own);
        })
        .toList();
  }
}
