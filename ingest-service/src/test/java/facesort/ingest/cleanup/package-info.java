/** Tests. */
@NullMarked
package facesort.ingest.cleanup;

import org.jspecify.annotations.NullMarked;
