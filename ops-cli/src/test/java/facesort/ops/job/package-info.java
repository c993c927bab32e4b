/** Tests of {@code facesort.ops.job}. */
@NullMarked
package facesort.ops.job;

import org.jspecify.annotations.NullMarked;
