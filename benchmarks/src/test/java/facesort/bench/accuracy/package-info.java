/** Tests of the statistics of accuracy. */
@NullMarked
package facesort.bench.accuracy;

import org.jspecify.annotations.NullMarked;
