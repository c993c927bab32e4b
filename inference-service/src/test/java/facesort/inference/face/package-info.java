/** Tests of what a face is. */
@NullMarked
package facesort.inference.face;

import org.jspecify.annotations.NullMarked;
