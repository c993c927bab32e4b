/** Workers killed at random points while they work, and the count of what came of it. */
@NullMarked
package facesort.bench.chaos;

import org.jspecify.annotations.NullMarked;
