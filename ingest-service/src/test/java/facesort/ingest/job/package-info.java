/** Tests. */
@NullMarked
package facesort.ingest.job;

import org.jspecify.annotations.NullMarked;
