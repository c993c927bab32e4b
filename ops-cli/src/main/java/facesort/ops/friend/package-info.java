/** The {@code friend} commands. */
@NullMarked
package facesort.ops.friend;

import org.jspecify.annotations.NullMarked;
