/** The HTTP doors. */
@NullMarked
package facesort.ingest.web;

import org.jspecify.annotations.NullMarked;
