/** The whole system beside bare and naive loops over the same photos. */
@NullMarked
package facesort.bench.pipeline;

import org.jspecify.annotations.NullMarked;
