/** Comparing faces with galleries of all sizes, beside the naive loop and the memory's speed. */
@NullMarked
package facesort.bench.match;

import org.jspecify.annotations.NullMarked;
