/** The benchmarks of the worker runtime. */
@NullMarked
package facesort.bench.worker;

import org.jspecify.annotations.NullMarked;
