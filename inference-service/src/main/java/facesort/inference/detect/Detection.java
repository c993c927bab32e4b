package facesort.inference.detect;

import java.util.List;

/**
 * The faces of a picture, and what it took to find them.
 *
 * @param faces in the picture's pixels
 * @param away whether it was held away, for a face that fills it
 * @param far whether it was looked at through the larger field, for small faces
 */
public record Detection(List<Candidate> faces, boolean away, boolean far) {
  /** Copies the faces. */
  public Detection {
    faces = List.copyOf(faces);
  }
}
