/** The projector beside its floors: catch-up, restarts, restore, queries. */
@NullMarked
package facesort.bench.projector;

import org.jspecify.annotations.NullMarked;
