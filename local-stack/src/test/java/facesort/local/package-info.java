/** Tests of the stack as a whole. */
@NullMarked
package facesort.local;

import org.jspecify.annotations.NullMarked;
