/** Tests of decoding, and photos made by code. */
@NullMarked
package facesort.inference.image;

import org.jspecify.annotations.NullMarked;
