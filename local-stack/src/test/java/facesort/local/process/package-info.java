/** Tests of supervision. */
@NullMarked
package facesort.local.process;

import org.jspecify.annotations.NullMarked;
