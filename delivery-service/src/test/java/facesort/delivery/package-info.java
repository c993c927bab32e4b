/** Tests of the whole service on real components. */
@NullMarked
package facesort.delivery;

import org.jspecify.annotations.NullMarked;
