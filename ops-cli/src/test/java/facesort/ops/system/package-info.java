/** Tests of the local system's settings. */
@NullMarked
package facesort.ops.system;

import org.jspecify.annotations.NullMarked;
