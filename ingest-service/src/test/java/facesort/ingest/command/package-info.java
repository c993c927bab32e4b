/** Tests of the commands to jobs. */
@NullMarked
package facesort.ingest.command;

import org.jspecify.annotations.NullMarked;
