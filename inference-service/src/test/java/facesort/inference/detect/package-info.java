/** Tests of finding and embedding faces. */
@NullMarked
package facesort.inference.detect;

import org.jspecify.annotations.NullMarked;
