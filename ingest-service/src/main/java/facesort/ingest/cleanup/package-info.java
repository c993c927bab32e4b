/** Removes a job's objects when the projector asks for it, and says what is left. */
@NullMarked
package facesort.ingest.cleanup;

import org.jspecify.annotations.NullMarked;
