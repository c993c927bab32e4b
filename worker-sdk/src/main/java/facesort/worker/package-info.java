/** The worker runtime: three hooks make a stage, the runner does all the rest. */
@NullMarked
package facesort.worker;

import org.jspecify.annotations.NullMarked;
