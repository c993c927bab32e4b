package facesort.inference.detect;

import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import java.util.List;

/**
 * A photo and what is on it.
 *
 * @param photo the decoded photo
 * @param faces its faces, largest first
 */
public record ExaminedPhoto(DecodedPhoto photo, List<Face> faces) {
  /** Copies the faces. */
  public ExaminedPhoto {
    faces = List.copyOf(faces);
  }
}
