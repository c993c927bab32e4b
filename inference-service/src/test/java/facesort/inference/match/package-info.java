/** Tests of the matcher. */
@NullMarked
package facesort.inference.match;

import org.jspecify.annotations.NullMarked;
