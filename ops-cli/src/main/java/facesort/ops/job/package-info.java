/** The {@code job} commands. */
@NullMarked
package facesort.ops.job;

import org.jspecify.annotations.NullMarked;
