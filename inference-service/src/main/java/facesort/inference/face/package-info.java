/**
 * What a face is to every role: its box, its points, its embedding; plain values without pixels.
 */
@NullMarked
package facesort.inference.face;

import org.jspecify.annotations.NullMarked;
