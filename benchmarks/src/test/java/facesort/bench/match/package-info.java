/** Tests of the match benchmark. */
@NullMarked
package facesort.bench.match;

import org.jspecify.annotations.NullMarked;
