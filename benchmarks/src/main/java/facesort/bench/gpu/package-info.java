/** The models on a graphics processor beside the processor, with their answers compared. */
@NullMarked
package facesort.bench.gpu;

import org.jspecify.annotations.NullMarked;
