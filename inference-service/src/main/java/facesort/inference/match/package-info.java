/** Which friend a face belongs to, and why. */
@NullMarked
package facesort.inference.match;

import org.jspecify.annotations.NullMarked;
