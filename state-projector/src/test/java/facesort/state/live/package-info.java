/** Tests of the stream of changes. */
@NullMarked
package facesort.state.live;

import org.jspecify.annotations.NullMarked;
