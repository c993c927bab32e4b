/** The bytes of photos, from the bucket. */
@NullMarked
package facesort.inference.source;

import org.jspecify.annotations.NullMarked;
