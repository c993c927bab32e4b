/** What ingest alone asks of the bucket, beyond the object store that all services share. */
@NullMarked
package facesort.ingest.storage;

import org.jspecify.annotations.NullMarked;
