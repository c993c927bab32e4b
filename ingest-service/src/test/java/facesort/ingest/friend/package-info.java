/** Tests. */
@NullMarked
package facesort.ingest.friend;

import org.jspecify.annotations.NullMarked;
