/** The local system: infrastructure and services as processes, started, shown and stopped. */
@NullMarked
package facesort.ops.system;

import org.jspecify.annotations.NullMarked;
