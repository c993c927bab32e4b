/** The face pipeline alone, beside its networks alone. */
@NullMarked
package facesort.bench.faces;

import org.jspecify.annotations.NullMarked;
