/** Tests of the fuzzing of images. */
@NullMarked
package facesort.bench.images;

import org.jspecify.annotations.NullMarked;
