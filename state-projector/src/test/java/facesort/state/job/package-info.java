/** Tests of the fold and of its topology. */
@NullMarked
package facesort.state.job;

import org.jspecify.annotations.NullMarked;
