package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.PhotoFacts;
import facesort.inference.image.TestPhotos;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacePipelineIT {
  @TempDir static Path cache;
  private static FaceModels models;
  private static FacePipeline pipeline;

  @BeforeAll
  static void loadModels() {
    models = FaceModels.load(Assets.models(), cache);
    pipeline = new FacePipeline(models);
  }

  @AfterAll
  static void closeModels() {
    pipeline.close();
    models.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 3", "3, 3", "4, 4", "5, 5", "6, 4"})
  void faces_ofASample_areAllFound(int sample, int expected) throws Exception {
    List<Face> faces = faces(TestPhotos.sample(sample));

    assertThat(faces).hasSize(expected);
    assertThat(faces).isSortedAccordingTo((a, b) -> Float.compare(b.box().area(), a.box().area()));
  }

  @Test
  void samePerson_isNearest_andStrangersAreFar() throws Exception {
    Face rightOfFirst = rightmost(faces(TestPhotos.sample(1)));
    Face middleOfThird = faces(TestPhotos.sample(3)).getFirst();

    assertThat(cosine(rightOfFirst, middleOfThird)).isCloseTo(0.71f, within(0.02f));

    List<Face> all = new ArrayList<>();
    for (int sample = 1; sample <= 6; sample++) {
      all.addAll(faces(TestPhotos.sample(sample)));
    }
    assertThat(all).hasSize(22);
    for (Face one : all) {
      for (Face other : all) {
        boolean samePerson =
            one.equals(other)
                || List.of(one, other).containsAll(List.of(rightOfFirst, middleOfThird));
        if (!samePerson) {
          assertThat(cosine(one, other)).isLessThan(0.46f);
        }
      }
    }
  }

  @Test
  void points_areInTheFace_eyesAboveTheMouth_leftToTheLeft() throws Exception {
    for (Face face : faces(TestPhotos.sample(6))) {
      assertThat(face.points())
          .hasSize(5)
          .allMatch(p -> p.x() > face.box().left() && p.x() < face.box().right())
          .allMatch(p -> p.y() > face.box().top() && p.y() < face.box().bottom());
      assertThat(face.points().get(0).x()).isLessThan(face.points().get(1).x());
      assertThat(face.points().get(0).y()).isLessThan(face.points().get(3).y());
    }
  }

  @Test
  void embedding_hasLengthOne() throws Exception {
    Embedding embedding = embedding(faces(TestPhotos.sample(1)).getFirst());
    float[] values = new float[FaceModels.DIMENSION];
    embedding.toBytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);

    assertThat(embedding.dimension()).isEqualTo(512);
    assertThat(Embedding.normalised(values).cosine(embedding)).isEqualTo(1f);
    double squares = 0;
    for (float value : values) {
      squares += value * value;
    }
    assertThat(squares).isCloseTo(1, within(1e-5));
  }

  @Test
  void faceThatIsKnown_isFoundAsItMustBe() {
    assertThatCode(pipeline::check).doesNotThrowAnyException();
  }

  @Test
  void faces_onManyThreadsAtOnce_areThoseOfOne() throws Exception {
    List<byte[]> photos = new ArrayList<>();
    List<List<Face>> alone = new ArrayList<>();
    for (int sample = 1; sample <= 6; sample++) {
      photos.add(TestPhotos.sample(sample));
      alone.add(faces(TestPhotos.sample(sample)));
    }

    List<Future<List<Face>>> together;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      together =
          threads.invokeAll(
              photos.stream().<Callable<List<Face>>>map(photo -> () -> faces(photo)).toList());
    }

    for (int i = 0; i < alone.size(); i++) {
      assertThat(together.get(i).get()).isEqualTo(alone.get(i));
    }
  }

  @Test
  void faces_ofAMeadow_areNone() throws Exception {
    assertThat(faces(TestPhotos.jpeg(TestPhotos.meadow(900, 600)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void faces_areTheSame_inEveryExifOrientation(int orientation) throws Exception {
    BufferedImage upright = TestPhotos.image(TestPhotos.crop(1, 700, 100, 1200, 700));
    byte[] turned =
        TestPhotos.withOrientation(TestPhotos.jpeg(stored(upright, orientation)), orientation);
    List<Face> expected = faces(TestPhotos.jpeg(upright));

    List<Face> found;
    try (DecodedPhoto photo = new PhotoDecoder().decode(turned)) {
      assertThat(photo.facts())
          .extracting(
              PhotoFacts::mediaType, PhotoFacts::orientation, PhotoFacts::width, PhotoFacts::height)
          .containsExactly("image/jpeg", orientation, 1200, 700);
      found = pipeline.faces(photo);
    }

    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.get(i).box().overlap(expected.get(i).box())).isGreaterThan(0.95f);
      assertThat(cosine(found.get(i), expected.get(i))).isGreaterThan(0.99f);
    }
  }

  /** How a camera held that way stores the picture: EXIF 2.32, table of tag 274. */
  private static BufferedImage stored(BufferedImage upright, int orientation) {
    int right = upright.getWidth() - 1;
    int bottom = upright.getHeight() - 1;
    boolean turned = orientation >= 5;
    BufferedImage stored =
        new BufferedImage(
            turned ? bottom + 1 : right + 1,
            turned ? right + 1 : bottom + 1,
            BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < stored.getHeight(); y++) {
      for (int x = 0; x < stored.getWidth(); x++) {
        int pixel =
            switch (orientation) {
              case 2 -> upright.getRGB(right - x, y);
              case 3 -> upright.getRGB(right - x, bottom - y);
              case 4 -> upright.getRGB(x, bottom - y);
              case 5 -> upright.getRGB(y, x);
              case 6 -> upright.getRGB(right - y, x);
              case 7 -> upright.getRGB(right - y, bottom - x);
              case 8 -> upright.getRGB(y, bottom - x);
              default -> upright.getRGB(x, y);
            };
        stored.setRGB(x, y, pixel);
      }
    }
    return stored;
  }

  private static List<Face> faces(byte[] file) throws Exception {
    try (DecodedPhoto photo = new PhotoDecoder().decode(file)) {
      return pipeline.faces(photo);
    }
  }

  private static Face rightmost(List<Face> faces) {
    return faces.stream()
        .max((a, b) -> Float.compare(a.box().left(), b.box().left()))
        .orElseThrow();
  }

  private static float cosine(Face one, Face other) {
    return embedding(one).cosine(embedding(other));
  }

  private static Embedding embedding(Face face) {
    return Objects.requireNonNull(face.embedding());
  }
}
