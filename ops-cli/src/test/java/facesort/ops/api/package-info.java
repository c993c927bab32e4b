/** Tests of {@code facesort.ops.api}. */
@NullMarked
package facesort.ops.api;

import org.jspecify.annotations.NullMarked;
