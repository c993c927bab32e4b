/** Tests of the benchmark of the face pipeline. */
@NullMarked
package facesort.bench.faces;

import org.jspecify.annotations.NullMarked;
