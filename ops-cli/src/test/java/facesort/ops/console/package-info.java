/** Tests of the console. */
@NullMarked
package facesort.ops.console;

import org.jspecify.annotations.NullMarked;
