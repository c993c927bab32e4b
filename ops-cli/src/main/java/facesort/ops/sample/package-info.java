/** The demo's own photos, friends and truth: made by code from the sample photos. */
@NullMarked
package facesort.ops.sample;

import org.jspecify.annotations.NullMarked;
