/**
 * Photos on their way in: read from the request part by part, counted, hashed, looked at, put down.
 */
@NullMarked
package facesort.ingest.photo;

import org.jspecify.annotations.NullMarked;
