/** Talks HTTP to ingest and the projector. */
@NullMarked
package facesort.ops.api;

import org.jspecify.annotations.NullMarked;
