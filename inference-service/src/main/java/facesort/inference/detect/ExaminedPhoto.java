package facesort.inference.detect;

import facesort.inference.face.Face;
import facesort.inference.image.PhotoFacts;
import java.util.List;

/**
 * What is on a photo, without its pixels.
 *
 * @param facts what is known of the photo
 * @param faces its faces, largest first
 */
public record ExaminedPhoto(PhotoFacts facts, List<Face> faces) {
  /** Copies the faces. */
  public ExaminedPhoto {
    faces = List.copyOf(faces);
  }
}
