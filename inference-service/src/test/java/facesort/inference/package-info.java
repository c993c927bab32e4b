/** Tests of the roles on the real stack. */
@NullMarked
package facesort.inference;

import org.jspecify.annotations.NullMarked;
