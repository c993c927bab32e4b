/** Which faces the detector finds, and what it takes for one. */
@NullMarked
package facesort.bench.detect;

import org.jspecify.annotations.NullMarked;
