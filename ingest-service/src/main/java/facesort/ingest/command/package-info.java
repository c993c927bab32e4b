/** Commands to jobs: cancel, resume, retry. */
@NullMarked
package facesort.ingest.command;

import org.jspecify.annotations.NullMarked;
