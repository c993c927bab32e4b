/** Benchmarks: figures with their floor, from one run, with the output checked. */
@NullMarked
package facesort.bench;

import org.jspecify.annotations.NullMarked;
