/** What the commands share: options, output, exit codes, one-line errors, files of JSON. */
@NullMarked
package facesort.ops.console;

import org.jspecify.annotations.NullMarked;
