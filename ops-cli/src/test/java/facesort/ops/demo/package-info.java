/** Tests of {@code facesort.ops.demo}. */
@NullMarked
package facesort.ops.demo;

import org.jspecify.annotations.NullMarked;
