/** Ratios with their intervals, percentiles, and whether the machine stayed the same meanwhile. */
@NullMarked
package facesort.bench.measure;

import org.jspecify.annotations.NullMarked;
