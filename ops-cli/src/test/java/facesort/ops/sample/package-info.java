/** Tests of {@code facesort.ops.sample}. */
@NullMarked
package facesort.ops.sample;

import org.jspecify.annotations.NullMarked;
