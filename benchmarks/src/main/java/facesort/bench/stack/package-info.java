/**
 * The real broker, registry and object store of a benchmark, its topics and its child processes.
 */
@NullMarked
package facesort.bench.stack;

import org.jspecify.annotations.NullMarked;
