/** The worker runtime: three hooks in, exactly-once out. */
@NullMarked
package facesort.worker;

import org.jspecify.annotations.NullMarked;
