/** The {@code schemas} commands. */
@NullMarked
package facesort.ops.schema;

import org.jspecify.annotations.NullMarked;
