/** The delivery service: its settings, its parts and their life. */
@NullMarked
package facesort.delivery;

import org.jspecify.annotations.NullMarked;
