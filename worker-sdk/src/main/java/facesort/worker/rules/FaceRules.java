package facesort.worker.rules;

import static facesort.schemas.FailureCode.INVALID_EVENT;
import static facesort.schemas.FailureCode.INVALID_OUTPUT;
import static facesort.worker.rules.EventRule.that;

import facesort.schemas.Box;
import facesort.schemas.DetectedFace;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Rules for each face of a photo. Numbers that only a failing model writes are INVALID_OUTPUT. */
final class FaceRules {
  private static final int NUMBERS_OF_FIVE_POINTS = 10;

  /** A softmax in single precision may end a last digit above 1. */
  private static final float BEST_SCORE = 1.0001f;

  static final List<EventRule<FacesDetected>> RULES =
      List.of(
          that(INVALID_EVENT, "faces are not numbered from 0", FaceRules::areNumbered),
          each(
              INVALID_OUTPUT,
              "a face has a box with numbers that are not finite",
              FaceRules::boxed),
          each(
              INVALID_OUTPUT,
              "a face has a score that is not 0 to 1",
              face -> face.getScore() >= 0 && face.getScore() <= BEST_SCORE),
          each(
              INVALID_EVENT,
              "a face has landmarks that are neither none nor ten numbers",
              face ->
                  face.getLandmarks().isEmpty()
                      || face.getLandmarks().size() == NUMBERS_OF_FIVE_POINTS),
          each(
              INVALID_OUTPUT,
              "a face has landmarks that are not finite",
              face -> face.getLandmarks().stream().allMatch(Float::isFinite)),
          each(
              INVALID_EVENT,
              "a face has no embedding and does not say why",
              face -> face.getEmbedding() != null || face.getSkipped() != null),
          that(
              INVALID_EVENT,
              "a face has an embedding of another length than dimension",
              FaceRules::areOfOneLength),
          each(
              INVALID_OUTPUT,
              "a face has an embedding with numbers that are not finite",
              FaceRules::isEmbeddedFinitely));

  private FaceRules() {}

  private static EventRule<FacesDetected> each(
      FailureCode code, String message, Predicate<DetectedFace> holds) {
    return that(code, message, faces -> faces.getFaces().stream().allMatch(holds));
  }

  private static boolean areNumbered(FacesDetected faces) {
    List<DetectedFace> all = faces.getFaces();
    return IntStream.range(0, all.size()).allMatch(i -> all.get(i).getIndex() == i);
  }

  private static boolean boxed(DetectedFace face) {
    Box box = face.getBox();
    return Float.isFinite(box.getX())
        && Float.isFinite(box.getY())
        && Float.isFinite(box.getWidth())
        && Float.isFinite(box.getHeight());
  }

  private static boolean areOfOneLength(FacesDetected faces) {
    int bytes = faces.getDimension() * Float.BYTES;
    return faces.getFaces().stream()
        .allMatch(face -> face.getEmbedding() == null || face.getEmbedding().remaining() == bytes);
  }

  private static boolean isEmbeddedFinitely(DetectedFace face) {
    ByteBuffer embedding = face.getEmbedding();
    if (embedding == null) {
      return true;
    }
    ByteBuffer numbers = embedding.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    while (numbers.hasRemaining()) {
      if (!Float.isFinite(numbers.getFloat())) {
        return false;
      }
    }
    return true;
  }
}
