package facesort.inference.detect;

import facesort.inference.face.BoundingBox;
import java.util.ArrayList;
import java.util.List;

/**
 * When one look at a picture is not enough, and what is believed of the others. Pure; all limits
 * are measured (README, Detection) and in pixels of the 320x240 field.
 *
 * <p>That field shows every face from 20 pixels on, hardly any below 10. So small faces are likely
 * where the smallest one found is not far above that, or none is found; and the larger field is
 * believed only for what is small, since it sees parts of large faces as faces.
 */
final class LookRules {
  /**
   * A face with a side (root of the area) below this is small: with it, smaller ones are likely.
   */
  static final float SMALL = 32;

  /** Of a face that is held away to see all of it, at least so much is seen. */
  static final float LARGE = 32;

  /** From how many picture pixels along one of the field the larger field shows more. */
  static final float LEAST_DETAIL = 1.25f;

  /**
   * What the larger field must say of a small face: the first look's 0.65 lets some furniture in.
   */
  static final float LEAST_FAR_SCORE = 0.75f;

  /** Largest part of the smaller of two boxes that the other may cover: more is the same face. */
  static final float MOST_COVERED = 0.3f;

  private LookRules() {}

  /**
   * Returns whether to look through the larger field.
   *
   * @param found what the first look found
   * @param pixelSize the picture's pixels along one of the 320x240 field
   */
  static boolean smallFacesLikely(List<Candidate> found, float pixelSize) {
    return pixelSize >= LEAST_DETAIL
        && (found.isEmpty() || found.stream().anyMatch(face -> isSmall(face, pixelSize)));
  }

  /**
   * Returns what was found and what the larger field shows that is small, certain and elsewhere.
   */
  static List<Candidate> withSmall(List<Candidate> found, List<Candidate> far, float pixelSize) {
    List<Candidate> all = new ArrayList<>(found);
    far.stream()
        .filter(face -> face.score() >= LEAST_FAR_SCORE && isSmall(face, pixelSize))
        .filter(face -> found.stream().noneMatch(other -> covers(other, face)))
        .forEachOrdered(all::add);
    return all;
  }

  /** Returns the faces that are large enough in a look from further off. */
  static List<Candidate> large(List<Candidate> seen, float pixelSize) {
    return seen.stream().filter(face -> side(face.box()) >= LARGE * pixelSize).toList();
  }

  private static boolean isSmall(Candidate face, float pixelSize) {
    return side(face.box()) < SMALL * pixelSize;
  }

  private static boolean covers(Candidate one, Candidate other) {
    return one.box().covered(other.box()) > MOST_COVERED;
  }

  private static double side(BoundingBox box) {
    return Math.sqrt(box.area());
  }
}
