/** The stages that benchmarks run in workers: a no-op, one that waits, one that reads photos. */
@NullMarked
package facesort.bench.stage;

import org.jspecify.annotations.NullMarked;
