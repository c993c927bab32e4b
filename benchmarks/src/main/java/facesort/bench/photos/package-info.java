/** Photos for benchmarks, made from the sample photos: the same on every run. */
@NullMarked
package facesort.bench.photos;

import org.jspecify.annotations.NullMarked;
