/** Tests of the comparison of devices. */
@NullMarked
package facesort.bench.gpu;

import org.jspecify.annotations.NullMarked;
