/** From the bytes of a photo to checked, upright pixels; every refusal has a code. */
@NullMarked
package facesort.inference.image;

import org.jspecify.annotations.NullMarked;
