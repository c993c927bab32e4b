/** The local stack as a JUnit extension. */
@NullMarked
package facesort.local.junit;

import org.jspecify.annotations.NullMarked;
