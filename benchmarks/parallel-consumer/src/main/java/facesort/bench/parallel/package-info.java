/** Confluent's parallel consumer, on a class path of its own, as a peer to measure. */
@NullMarked
package facesort.bench.parallel;

import org.jspecify.annotations.NullMarked;
