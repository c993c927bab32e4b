/** Tests of reading photos. */
@NullMarked
package facesort.inference.source;

import org.jspecify.annotations.NullMarked;
