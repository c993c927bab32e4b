/** Tests. */
@NullMarked
package facesort.ingest;

import org.jspecify.annotations.NullMarked;
