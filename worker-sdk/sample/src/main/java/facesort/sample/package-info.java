/** A stage to learn from: how sharp each photo is. */
@NullMarked
package facesort.sample;

import org.jspecify.annotations.NullMarked;
