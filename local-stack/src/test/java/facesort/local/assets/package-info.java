/** Tests of the pinned downloads. */
@NullMarked
package facesort.local.assets;

import org.jspecify.annotations.NullMarked;
