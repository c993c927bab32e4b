/** The {@code workers} command. */
@NullMarked
package facesort.ops.worker;

import org.jspecify.annotations.NullMarked;
