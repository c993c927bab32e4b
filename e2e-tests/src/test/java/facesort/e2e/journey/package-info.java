/** The whole product through its public door, the command line. */
@NullMarked
package facesort.e2e.journey;

import org.jspecify.annotations.NullMarked;
