/** From pixels to faces: detection, landmarks, alignment and embedding. */
@NullMarked
package facesort.inference.detect;

import org.jspecify.annotations.NullMarked;
