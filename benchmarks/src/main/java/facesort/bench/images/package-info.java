/** Mutated image files thrown at the photo decoder, in a process that may die of them. */
@NullMarked
package facesort.bench.images;

import org.jspecify.annotations.NullMarked;
