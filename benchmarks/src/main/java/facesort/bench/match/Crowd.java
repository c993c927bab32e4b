package facesort.bench.match;

import facesort.inference.face.Embedding;
import facesort.inference.match.GalleryFriend;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Friends of four exemplars each, and faces: every second is one of them, the others strangers. */
final class Crowd {
  static final String SPACE = "space";
  private static final int DIMENSION = 512;
  private static final int EXEMPLARS = 4;

  /** Two vectors of a person have a cosine of about 0.6. */
  private static final double SPREAD = 0.8;

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(42);

  /** Returns as many friends as have this many exemplars together. */
  List<GalleryFriend> friends(int exemplars) {
    List<GalleryFriend> friends = new ArrayList<>();
    for (int left = exemplars; left > 0; left -= EXEMPLARS) {
      float[] person = vector();
      List<Embedding> own = new ArrayList<>();
      for (int i = 0; i < Math.min(left, EXEMPLARS); i++) {
        own.add(near(person));
      }
      friends.add(new GalleryFriend("friend%06d".formatted(friends.size()), 1, SPACE, own));
    }
    return friends;
  }

  List<Embedding> faces(int count, List<GalleryFriend> friends) {
    List<Embedding> faces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      faces.add(i % 2 == 0 ? faceOf(friends.get(random.nextInt(friends.size()))) : near(vector()));
    }
    return faces;
  }

  private Embedding faceOf(GalleryFriend friend) {
    float[] exemplar = new float[DIMENSION];
    friend.exemplars().getFirst().writeUnit(exemplar, 0, 1);
    for (int i = 0; i < DIMENSION; i++) {
      exemplar[i] *= (float) Math.sqrt(DIMENSION);
    }
    return near(exemplar);
  }

  private Embedding near(float[] person) {
    float[] values = vector();
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) (person[i] + SPREAD * values[i]);
    }
    return Embedding.normalised(values);
  }

  private float[] vector() {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
