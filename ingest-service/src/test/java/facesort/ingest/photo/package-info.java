/** Tests. */
@NullMarked
package facesort.ingest.photo;

import org.jspecify.annotations.NullMarked;
