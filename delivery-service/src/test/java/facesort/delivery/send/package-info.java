/** Tests of sending. */
@NullMarked
package facesort.delivery.send;

import org.jspecify.annotations.NullMarked;
