/** From released pairs to requests: albums are cut, claimed, sent once and marked. */
@NullMarked
package facesort.delivery.send;

import org.jspecify.annotations.NullMarked;
