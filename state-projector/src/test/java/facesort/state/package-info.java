/** Tests of the whole service on the real stack. */
@NullMarked
package facesort.state;

import org.jspecify.annotations.NullMarked;
