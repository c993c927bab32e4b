package facesort.bench.pipeline;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.imageio.ImageIO;

/**
 * What a first version would be: one thread, ImageIO, the whole picture, the models as shipped,
 * plain loops over pixels. It looks for the same faces in the same way (fields, points, alignment,
 * threshold), without any of what makes that fast. For one thread.
 */
final class NaiveLoop implements AutoCloseable {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 240;
  private static final int CROP = 64;
  private static final int SIDE = 112;
  private static final float LEAST_SCORE = 0.65f;
  private static final float OVERLAP = 0.4f;
  private static final float SAME = 0.5f;
  private static final int[][] FIVE = {
    {37, 38, 40, 41}, {43, 44, 46, 47}, {30, 30}, {48, 60}, {54, 64}
  };
  private static final double[][] REFERENCE = {
    {38.2946, 51.6963},
    {73.5318, 51.5014},
    {56.0252, 71.7366},
    {41.5493, 92.3655},
    {70.7299, 92.2041}
  };

  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
  private final OrtSession detect;
  private final OrtSession landmark;
  private final OrtSession feature;
  private final Map<String, float[]> gallery = new HashMap<>();

  private record Face(float left, float top, float right, float bottom, float score) {

    float overlap(Face other) {
      float width = Math.min(right, other.right) - Math.max(left, other.left);
      float height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
      float both = Math.max(width, 0) * Math.max(height, 0);
      return both / (area() + other.area() - both);
    }

    float area() {
      return (right - left) * (bottom - top);
    }
  }

  /**
   * @param models folder of the models as shipped
   * @param references one reference photo of each friend, by friend id
   */
  NaiveLoop(Path models, Map<String, byte[]> references) {
    detect = open(models.resolve("fr_detect.onnx"));
    landmark = open(models.resolve("fr_landmark.onnx"));
    feature = open(models.resolve("fr_feature.onnx"));
    references.forEach((friend, file) -> {
      BufferedImage picture = read(file);
      gallery.put(friend, embed(picture, detect(picture).getFirst()));
    });
  }

  /** Looks at a photo. */
  Seen look(byte[] file) {
    BufferedImage picture = read(file);
    List<Face> faces = detect(picture);
    SortedSet<String> friends = new TreeSet<>();
    for (Face face : faces) {
      float[] vector = embed(picture, face);
      gallery.entrySet().stream()
          .max(Comparator.comparingDouble(friend -> cosine(vector, friend.getValue())))
          .filter(friend -> cosine(vector, friend.getValue()) >= SAME)
          .ifPresent(friend -> friends.add(friend.getKey()));
    }
    return new Seen(faces.size(), friends);
  }

  private List<Face> detect(BufferedImage picture) {
    float scale =
        Math.max(picture.getWidth() / (float) WIDTH, picture.getHeight() / (float) HEIGHT);
    float[] field = new float[3 * WIDTH * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        // The mean of all pixels that fall on this one: without it small faces are lost.
        float[] rgb = mean(picture, x * scale, y * scale, scale);
        for (int channel = 0; channel < 3; channel++) {
          field[(channel * HEIGHT + y) * WIDTH + x] = (rgb[channel] - 127) / 128;
        }
      }
    }
    Map<String, float[]> outputs = run(detect, field, 1, 3, HEIGHT, WIDTH);
    float[] scores = outputs.getOrDefault("scores", new float[0]);
    float[] boxes = outputs.getOrDefault("boxes", new float[0]);
    List<Face> found = new ArrayList<>();
    for (int i = 0; i < scores.length / 2; i++) {
      if (scores[2 * i + 1] >= LEAST_SCORE) {
        found.add(
            new Face(
                boxes[4 * i] * WIDTH * scale,
                boxes[4 * i + 1] * HEIGHT * scale,
                boxes[4 * i + 2] * WIDTH * scale,
                boxes[4 * i + 3] * HEIGHT * scale,
                scores[2 * i + 1]));
      }
    }
    found.sort(Comparator.comparingDouble(Face::score).reversed());
    List<Face> kept = new ArrayList<>();
    for (Face face : found) {
      if (kept.stream().noneMatch(other -> other.overlap(face) > OVERLAP)) {
        kept.add(face);
      }
    }
    return kept;
  }

  private float[] embed(BufferedImage picture, Face face) {
    double[][] points = points(picture, face);
    double[] toPicture = similarity(REFERENCE, points);
    float[] square = new float[3 * SIDE * SIDE];
    double step = Math.hypot(toPicture[0], toPicture[1]);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double fromX = toPicture[0] * x - toPicture[1] * y + toPicture[2];
        double fromY = toPicture[1] * x + toPicture[0] * y + toPicture[3];
        float[] rgb =
            mean(picture, (float) (fromX - step / 2), (float) (fromY - step / 2), (float) step);
        for (int channel = 0; channel < 3; channel++) {
          square[(channel * SIDE + y) * SIDE + x] = (rgb[2 - channel] - 127) / 128;
        }
      }
    }
    return run(feature, square, 1, 3, SIDE, SIDE).getOrDefault("output", new float[0]);
  }

  private double[][] points(BufferedImage picture, Face face) {
    float side = face.bottom() - face.top();
    float left = (face.left() + face.right()) / 2 - side / 2;
    float[] crop = new float[CROP * CROP];
    float step = side / CROP;
    for (int y = 0; y < CROP; y++) {
      for (int x = 0; x < CROP; x++) {
        float[] rgb = mean(picture, left + x * step, face.top() + y * step, step);
        crop[y * CROP + x] = (0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2]) / 256;
      }
    }
    float[] found = run(landmark, crop, 1, 1, CROP, CROP).getOrDefault("output", new float[0]);
    double[][] points = new double[FIVE.length][2];
    for (int i = 0; i < FIVE.length; i++) {
      for (int number : FIVE[i]) {
        points[i][0] += (left + side * found[2 * number]) / FIVE[i].length;
        points[i][1] += (face.top() + side * found[2 * number + 1]) / FIVE[i].length;
      }
    }
    return points;
  }

  /** Least squares: x' = a x - b y + c, y' = b x + a y + d. */
  private static double[] similarity(double[][] from, double[][] to) {
    double[] mean = new double[4];
    for (int i = 0; i < from.length; i++) {
      mean[0] += from[i][0] / from.length;
      mean[1] += from[i][1] / from.length;
      mean[2] += to[i][0] / from.length;
      mean[3] += to[i][1] / from.length;
    }
    double square = 0;
    double a = 0;
    double b = 0;
    for (int i = 0; i < from.length; i++) {
      double x = from[i][0] - mean[0];
      double y = from[i][1] - mean[1];
      square += x * x + y * y;
      a += x * (to[i][0] - mean[2]) + y * (to[i][1] - mean[3]);
      b += x * (to[i][1] - mean[3]) - y * (to[i][0] - mean[2]);
    }
    a /= square;
    b /= square;
    return new double[] {
      a, b, mean[2] - a * mean[0] + b * mean[1], mean[3] - b * mean[0] - a * mean[1]
    };
  }

  /** Red, green, blue of a square of the picture; black outside of it. */
  private static float[] mean(BufferedImage picture, float left, float top, float side) {
    int fromX = (int) Math.floor(left);
    int fromY = (int) Math.floor(top);
    int toX = Math.max((int) (left + side), fromX + 1);
    int toY = Math.max((int) (top + side), fromY + 1);
    float[] rgb = new float[3];
    byte[] bgr = ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    for (int y = Math.max(fromY, 0); y < Math.min(toY, picture.getHeight()); y++) {
      for (int x = Math.max(fromX, 0); x < Math.min(toX, picture.getWidth()); x++) {
        int at = 3 * (y * picture.getWidth() + x);
        rgb[0] += bgr[at + 2] & 0xff;
        rgb[1] += bgr[at + 1] & 0xff;
        rgb[2] += bgr[at] & 0xff;
      }
    }
    int count = (toX - fromX) * (toY - fromY);
    for (int channel = 0; channel < 3; channel++) {
      rgb[channel] /= count;
    }
    return rgb;
  }

  private static double cosine(float[] one, float[] other) {
    double dot = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < one.length; i++) {
      dot += one[i] * other[i];
      first += one[i] * one[i];
      second += other[i] * other[i];
    }
    return dot / Math.sqrt(first * second);
  }

  private static BufferedImage read(byte[] file) {
    try {
      return ImageIO.read(new ByteArrayInputStream(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OrtSession open(Path model) {
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return environment.createSession(model.toString(), options);
    } catch (OrtException e) {
      throw new IllegalStateException("the runtime refuses " + model.getFileName(), e);
    }
  }

  private Map<String, float[]> run(OrtSession session, float[] input, long... shape) {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result result = session.run(Map.of("input", tensor))) {
      Map<String, float[]> outputs = new HashMap<>();
      for (var output : result) {
        FloatBuffer buffer = ((OnnxTensor) output.getValue()).getFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        outputs.put(output.getKey(), values);
      }
      return outputs;
    } catch (OrtException e) {
      throw new IllegalStateException("a model as shipped fails", e);
    }
  }

  @Override
  public void close() {
    try {
      detect.close();
      landmark.close();
      feature.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session does not close", e);
    }
  }
}
