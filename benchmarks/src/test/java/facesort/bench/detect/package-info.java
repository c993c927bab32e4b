/** Tests of what the detector's figures are made of. */
@NullMarked
package facesort.bench.detect;

import org.jspecify.annotations.NullMarked;
