/** What every command shares: options, output, exit codes, one-line errors. */
@NullMarked
package facesort.ops.console;

import org.jspecify.annotations.NullMarked;
