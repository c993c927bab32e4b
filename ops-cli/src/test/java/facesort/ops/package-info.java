/** Tests of the command as a whole. */
@NullMarked
package facesort.ops;

import org.jspecify.annotations.NullMarked;
