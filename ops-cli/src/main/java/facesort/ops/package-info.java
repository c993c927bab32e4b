/** The {@code facesort} command: its list of subcommands. */
@NullMarked
package facesort.ops;

import org.jspecify.annotations.NullMarked;
