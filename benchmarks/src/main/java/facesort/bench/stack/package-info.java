/** The real broker, registry and object store of a benchmark, and its topics. */
@NullMarked
package facesort.bench.stack;

import org.jspecify.annotations.NullMarked;
