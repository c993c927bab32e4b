/** The ingest service: what it is made of and how it is configured. */
@NullMarked
package facesort.ingest;

import org.jspecify.annotations.NullMarked;
